"""A share or follow bar.

Why: Buttons become words when a page is scraped; they do nothing here.

Fix: The labels are dropped; a single ambiguous one inside the story stays.

Example: "Facebook", "Copy link", "Share this article"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL003"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "share"):
        yield drop(CODE, line, f"share or follow label: {quote(line.text)}", confidence)


RULE = define(CODE, "share-bar", __doc__, check)
