"""A share or follow bar.

Why: Buttons become words when a page is scraped; they do nothing here.

Fix: The labels are dropped; a single ambiguous one inside the story stays.

Example: "Facebook", "Copy link", "Share this article"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL003"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "share":
            yield drop(CODE, line, f"share or follow label: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "share-bar", __doc__, check)
