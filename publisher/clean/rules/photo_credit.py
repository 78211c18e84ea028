"""A photo credit in the text.

Why: the credit belongs to the picture; without it the line reads like a lost sentence.

Fix: it moves to the picture in front matter, if that has no credit yet. Without one it goes if it names a
person and no picture stands above it; otherwise it is reported.

Example: "Photo: Ada Example / Example Agency".
"""

from collections.abc import Iterator
from itertools import pairwise

from publisher.clean.edits import empty
from publisher.clean.memory import remembered
from publisher.clean.names import credit, person
from publisher.clean.place import edges
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding, Line

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
            continue
        alone = line.number not in _below_pictures(article.lines) and person(whose.partition("/")[0])
        why = f"photo credit without its picture: {quote(line.text)}"
        yield drop(CODE, line, why, 0.92 if alone else 0.6)


@remembered
def _below_pictures(lines: tuple[Line, ...]) -> frozenset[int]:
    """The numbers of the lines right below a picture, whatever is blank between."""
    told = [line for line in lines if not line.blank]
    return frozenset(
        below.number for line, below in pairwise(told) if "![" in line.text or "<img" in line.text
    )


RULE = define(CODE, "photo-credit", __doc__, check)
