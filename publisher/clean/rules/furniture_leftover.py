"""A short line among page furniture.

Why: Words differ from site to site, but a short line between sign-up lines after the story's end is
one of them.

Fix: The line is dropped where it stands after the last paragraph and most lines around it are furniture.

Example: "Ready to get started?" between "Advertise with us" and "Get our media kit"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL012"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "leftover"):
        yield drop(CODE, line, f"short line among page furniture: {quote(line.text)}", confidence)


RULE = define(CODE, "furniture-leftover", __doc__, check)
