"""A button glued to a sentence: "… the mayor said. Subscribe", "LISTEN NOW The council …".

Why: the page showed it beside the paragraph; without the page it became part of it.

Fix: it is cut off where a full stop stands between, or where it stands in capitals at the beginning. In the
middle of a sentence it stays.

Example: "Ferries will carry workers across. Read more: A toll for the ferry"
"""

from collections.abc import Iterator

from publisher.clean.glue import without_buttons
from publisher.clean.report import change, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import size
from publisher.model import Article, Finding

CODE = "CL013"
SHORTEST = 8  # words that are left, so that a line of buttons is judged as a line


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    for at, line in enumerate(article.lines):
        if kind[at] not in {"prose", "item"} or len(line.text) < 40:
            continue
        text = without_buttons(line.text)
        if text != line.text and size(text) >= SHORTEST:
            gone = line.text.replace(text, "", 1)
            yield change(CODE, line, text, f"button glued to a sentence: {quote(gone)}", 0.95)


RULE = define(CODE, "glued-button", __doc__, check)
