"""A copyright or reprint line.

Why: It speaks of the page, not of the story; the source goes into front matter.

Fix: The line is dropped.

Example: "All rights reserved."
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL009"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "rights"):
        yield drop(CODE, line, f"rights line: {quote(line.text)}", confidence)


RULE = define(CODE, "rights-line", __doc__, check)
