"""Labels of players, galleries, navigation and other page tools.

Why: They name buttons that are not there.

Fix: The labels are dropped; single ambiguous words inside the story stay.

Example: "Play video", "Back to top", "Image 2 of 9"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL010"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "tools"):
        yield drop(CODE, line, f"page tool label: {quote(line.text)}", confidence)


RULE = define(CODE, "page-tools", __doc__, check)
