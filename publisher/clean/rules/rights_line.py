"""A copyright or reprint line.

Why: It speaks of the page, not of the story; the source goes into front matter.

Fix: The line is dropped.

Example: "All rights reserved."
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL009"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "rights":
            yield drop(CODE, line, f"rights line: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "rights-line", __doc__, check)
