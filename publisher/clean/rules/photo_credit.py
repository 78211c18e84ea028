"""A photo credit in the text.

Why: the credit belongs to the picture; without it the line reads like a lost sentence.

Fix: it moves to the picture in front matter, if it stands near the head or the end and that has no credit
yet. Else it goes if it names a person or an agency behind a stroke and no picture stands above it; otherwise
it is reported.

Example: "Photo: Ada Example / Example Agency".
"""

from collections.abc import Iterator

from publisher.clean.edits import empty
from publisher.clean.memory import remembered
from publisher.clean.names import credit, person
from publisher.clean.place import edges
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.structure import PROTECTED, kinds
from publisher.model import Article, Finding, Line

CODE = "PR005"


def check(article: Article) -> Iterator[Finding]:
    free = empty(article.front, "credit")
    near = {line.number for line in edges(article.lines)}
    for line, kind in zip(article.lines, kinds(article.lines), strict=True):
        whose = credit(line.text) if kind not in PROTECTED and kind != "blank" else ""
        if not whose:
            continue
        if free and line.number in near:
            yield move(CODE, [line], ("credit", whose), 0.92)
            free = False
            continue
        named = "/" in whose or person(whose)
        alone = line.number not in _below_pictures(article.lines) and named
        if alone or line.number in near:
            why = f"photo credit without its picture: {quote(line.text)}"
            yield drop(CODE, line, why, 0.92 if alone else 0.6)


@remembered
def _below_pictures(lines: tuple[Line, ...]) -> frozenset[int]:
    """The numbers of the two lines below each picture, which may be its caption and whose it is."""
    told = [line for line in lines if not line.blank]
    pictures = [at for at, line in enumerate(told) if "![" in line.text or "<img" in line.text]
    return frozenset(line.number for at in pictures for line in told[at + 1 : at + 3])


RULE = define(CODE, "photo-credit", __doc__, check)
