"""Runs of spaces that cannot break: "&nbsp;&nbsp;", alone on a line, at its ends or beside another space.

Why: editors of web pages indent and pad with them; in a feed or a mail they tear holes.

Fix: a run becomes one space, at the ends of a line none; a single one between two words stays.

Example: "&nbsp;&nbsp;The council met." becomes "The council met."
"""

import re
from collections.abc import Iterator

from publisher.clean.report import change, drop
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.model import Article, Finding

CODE = "TX008"

_FIXED = r"(?:\u00a0|&nbsp;|&#160;|&#xA0;)"
_RUN = re.compile(rf"(?:{_FIXED}|[ \t])+", re.IGNORECASE)
_ONE = re.compile(_FIXED, re.IGNORECASE)
_PLAIN = re.compile(r"[ \t]*")


def check(article: Article) -> Iterator[Finding]:
    text = whole(article.lines)
    if "\u00a0" not in text and "&" not in text:
        return
    kind = kinds(article.lines)
    for at, line in enumerate(article.lines):
        text = line.text
        if ("\u00a0" not in text and "&" not in text) or kind[at] in {"fence", "code"} or line.blank:
            continue
        new = _RUN.sub(_one, text)
        if not new.strip():
            yield drop(CODE, line, "nothing but spaces", 1.0)
        elif new != text:
            yield change(CODE, line, new, "spaces that cannot break")


def _one(run: re.Match[str]) -> str:
    """What a run of spaces becomes: nothing at the ends of the line, one space within it."""
    spaces = run.group()
    if not _ONE.search(spaces):
        return spaces
    if run.start() == 0:
        margin = _PLAIN.match(spaces)
        return margin.group() if margin else ""
    if run.end() == len(run.string):
        return ""
    return spaces if _ONE.fullmatch(spaces) else " "


RULE = define(CODE, "stray-spaces", __doc__, check)
