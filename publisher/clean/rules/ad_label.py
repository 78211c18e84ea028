"""The label of an advertisement.

Why: The advertisement stayed behind; its label interrupts the story.

Fix: The label is dropped.

Example: "Advertisement", "Story continues below"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL006"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "ads":
            yield drop(CODE, line, f"advertisement label: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "ad-label", __doc__, check)
