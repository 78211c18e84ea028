"""The label of an advertisement.

Why: The advertisement stayed behind; its label interrupts the story.

Fix: The label is dropped.

Example: "Advertisement", "Story continues below"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL006"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "ads"):
        yield drop(CODE, line, f"advertisement label: {quote(line.text)}", confidence)


RULE = define(CODE, "ad-label", __doc__, check)
