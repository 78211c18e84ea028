"""A bullet before a single paragraph.

Why: a list of one paragraph is no list; the sign comes from the source's page.

Fix: the sign is taken off a paragraph that has no other bullet beside it.

Example: "• According to the council, …" as the first of seven paragraphs.
"""

import re
from collections.abc import Iterator

from publisher.clean.report import change
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import ends_sentence, size
from publisher.model import Article, Finding

CODE = "TX005"
SHORTEST = 10  # words; shorter lines may be a list of one

_SIGN = re.compile(r"^\s*[•·●▪■◦‣*+-]\s+")


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    if "item" not in kind:
        return
    places = [index for index, name in enumerate(kind) if name != "blank"]
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


RULE = define(CODE, "stray-bullet", __doc__, check)
