"""Paragraphs on consecutive lines, without blank lines between.

Why: Markdown joins lines that follow each other into one paragraph.

Fix: blank lines are put between. Hard-wrapped text, verses and lists are left as they are.

Example: a text exported with one paragraph to a line.
"""

from collections.abc import Iterator
from itertools import pairwise

from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import size
from publisher.model import Article, Edit, Finding, Line

CODE = "TX006"
WIDE = 160  # characters; hard-wrapped text stays below
_BREAKS = ("  ", "\\")


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    crowded = [at for at, (one, other) in enumerate(pairwise(kind)) if one == other == "prose"]
    if not any(len(lines[at].text) > WIDE or len(lines[at + 1].text) > WIDE for at in crowded):
        return
    apart = [at for at in crowded if _parted(lines, at)]
    if apart:
        texts = tuple(text for at in apart for text in (lines[at].text, ""))
        numbers = tuple(lines[at].number for at in apart)
        yield Finding(
            CODE, numbers, f"{len(apart)} paragraphs without a blank line after them", 0.97, Edit(texts)
        )


def _parted(lines: tuple[Line, ...], at: int) -> bool:
    if lines[at].text.endswith(_BREAKS):
        return False
    both_short = size(lines[at].text) <= 14 and size(lines[at + 1].text) <= 14
    return not (both_short and stanza(lines, at))


RULE = define(CODE, "crowded-lines", __doc__, check)
