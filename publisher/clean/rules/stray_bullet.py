"""A bullet before a single paragraph, or before each line of the text.

Why: a list of one paragraph is no list, and a page is none; the sign comes from the source's page.

Fix: the sign is taken off a paragraph that has no other bullet beside it, and off all lines where the whole
text, buttons included, bears it.

Example: "• According to the council, …" as the first of seven paragraphs.
"""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.phrases import grade
from publisher.clean.report import change
from publisher.clean.rule import define
from publisher.clean.structure import Kind, kinds
from publisher.clean.text import ends_sentence, size
from publisher.model import Article, Finding

CODE = "TX005"
PARAGRAPHS = 3  # of a text that is a list as a whole, at least
SHORTEST = 10  # words; shorter lines may be a list of one

_SIGN = re.compile(r"^\s*[•·●▪■◦‣*+-]\s+")


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    if "item" not in kind:
        return
    places = [index for index, name in enumerate(kind) if name != "blank"]
    if _listed([lines[at].text for at in places[1:]], [kind[at] for at in places[1:]]):
        for at in places[1:]:
            yield change(CODE, lines[at], _SIGN.sub("", lines[at].text), "bullet before each line")
        return
    for position, index in enumerate(places):
        if kind[index] != "item":
            continue
        beside = [
            kind[at]
            for at in (*places[max(0, position - 1) : position], *places[position + 1 : position + 2])
        ]
        text = lines[index].text
        if "item" in beside or "code" in beside or size(text) < SHORTEST or not ends_sentence(text):
            continue
        continued = (
            index + 1 < len(lines) and not lines[index + 1].blank and lines[index + 1].text[:1].isspace()
        )
        sign = _SIGN.match(text)
        if sign and not continued:
            yield change(CODE, lines[index], text[sign.end() :], "bullet before a single paragraph")


def _listed(texts: Sequence[str], kind: Sequence[Kind]) -> bool:
    """Whether all lines are entries of one list, three paragraphs among them and something of the page."""
    if any(name != "item" for name in kind):
        return False
    told = [size(text) >= SHORTEST and ends_sentence(text) for text in texts]
    grades = (grade(text) for text, said in zip(texts, told, strict=True) if not said)
    return sum(told) >= PARAGRAPHS and any(found and found.strength == "sure" for found in grades)


RULE = define(CODE, "stray-bullet", __doc__, check)
