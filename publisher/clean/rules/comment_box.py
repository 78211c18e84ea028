"""The comment section's labels.

Why: There are no comments here to view or post.

Fix: The labels are dropped.

Example: "View comments (12)"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL005"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "comments"):
        yield drop(CODE, line, f"comment section label: {quote(line.text)}", confidence)


RULE = define(CODE, "comment-box", __doc__, check)
