"""A photo credit in the text.

Why: the credit belongs to the picture; without it the line reads like a lost sentence.

Fix: it moves to the picture in front matter, if that has no credit yet; otherwise it is reported.

Example: "Photo: Ada Example / Example Agency".
"""

from collections.abc import Iterator

from publisher.clean.edits import empty
from publisher.clean.names import credit
from publisher.clean.place import edges
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "PR005"


def check(article: Article) -> Iterator[Finding]:
    free = empty(article.front, "credit")
    for line in edges(article.lines):
        whose = credit(line.text)
        if not whose:
            continue
        if free:
            yield move(CODE, [line], ("credit", whose), 0.92)
            free = False
        else:
            yield drop(CODE, line, f"photo credit without its picture: {quote(line.text)}", 0.6)


RULE = define(CODE, "photo-credit", __doc__, check)
