"""The mark of a news agency: alone on a line, or in the dateline of the first paragraph; a source by name.

Why: an agency's report has to name the agency.

Fix: the name moves to an empty `source`; a line of its own goes with it, a dateline stays as it is.

Example: "(dpa)", "BERLIN (dpa) – The …", "Source: Reuters".
"""

import re
from collections.abc import Iterator
from functools import cache

from publisher.clean.place import below_title, edges, paragraphs
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.tables import vocabulary
from publisher.clean.text import plain, raw_label, size, words
from publisher.model import Article, Edit, Finding

CODE = "PR007"

_ALONE = re.compile(
    r"^[\W_]*(?:(?:source|quelle|fuente|fonte|bron|källa|kilde|źródło|kaynak)\s?:\s?)?"
    r"(?P<name>[\w /.-]{2,24}?)[\W_]*$",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^(?i:source|quelle|fuente|fonte|bron|källa|kilde|źródło|kaynak|источник|来源|來源|出典|출처)\s?[:：]\s?"
    r"(?P<name>[A-ZÀ-ÞĀ-ŽА-Я一-鿿가-힣ァ-ヶ][^.!?;:,]*)$"
)
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÞĀ-Ž][\w .,’'/-]{1,50}?)\s?[(/](?P<name>[\w /-]{2,24})[)]?\s?[-–—:]+\s"
)


def check(article: Article) -> Iterator[Finding]:
    if (known := article.front.source) is not None:
        for line in below_title(article):
            named = _labelled(line.text)
            if named and raw_label(named) == raw_label(known.name):
                yield drop(CODE, line, f"source, as in front matter: {quote(line.text)}", 0.93)
        return
    marks = [line for line in edges(article.lines) if _alone(line.text)]
    marks = marks or [line for line in below_title(article) if _labelled(line.text)][:1]
    if marks:
        name = _alone(marks[0].text) or _labelled(marks[0].text)
        yield move(CODE, marks, ("source", name), 0.93)
        return
    for at in paragraphs(article.lines)[:1]:
        line = article.lines[at]
        dateline = _DATELINE.match(line.text[:100])
        if dateline and (name := _agency(dateline["name"])):
            edit = Edit((line.text,), "source", name)
            yield Finding(CODE, (line.number,), f"source stated in the dateline: {name}", 0.93, edit)


def _alone(text: str) -> str:
    near = len(text) < 60 and not _tokens().isdisjoint(words(text))
    mark = _ALONE.match(plain(text)) if near else None
    return _agency(mark["name"]) if mark else ""


def _labelled(text: str) -> str:
    """Whose text it is, by a line above the story such as "Source: The Harbour Courier"."""
    mark = _STATED.match(plain(text)) if len(text) < 80 else None
    return mark["name"].strip() if mark and size(mark["name"]) <= 6 else ""


def _agency(text: str) -> str:
    """The agency as it is written, if the text names one first ("dpa/lno")."""
    head = text.partition("/")[0].strip(" .-")
    written = head.islower() or head.isupper() or len(head) > 4  # "Sid" is somebody, "SID" an agency
    return head if written and raw_label(head) in _agencies() else ""


@cache
def _tokens() -> frozenset[str]:
    return frozenset(word for name in _agencies() for word in name.split())


@cache
def _agencies() -> frozenset[str]:
    return frozenset(vocabulary("bylines", "agencies"))


RULE = define(CODE, "agency-mark", __doc__, check)
