"""Labels of players, galleries, navigation and other page tools.

Why: They name buttons that are not there.

Fix: The labels are dropped; single ambiguous words inside the story stay.

Example: "Play video", "Back to top", "Image 2 of 9"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL010"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "tools":
            yield drop(CODE, line, f"page tool label: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "page-tools", __doc__, check)
