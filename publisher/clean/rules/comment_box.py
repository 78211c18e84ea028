"""The comment section's labels.

Why: There are no comments here to view or post.

Fix: The labels are dropped.

Example: "View comments (12)"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL005"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "comments":
            yield drop(CODE, line, f"comment section label: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "comment-box", __doc__, check)
