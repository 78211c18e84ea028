"""The head or foot of a printed page, with its number.

Why: Text taken out of a PDF has what every page says at its top or bottom, in the middle of sentences even.

Fix: Lines that say the same but for their figures, three times or more (twice with a page's number in each),
are dropped if a page's number stands beside each, or in each behind a bar, and the numbers rise; so are
those numbers.
Chapters that are numbered and have names of their own stay.

Example: "14", "CANAL COMPANY • ANNUAL REPORT 2031", and further on "15" and the same line
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import ends_sentence, plain, size
from publisher.model import Article, Finding, Line

CODE = "CL017"
LONGEST, TIMES = 14, 3  # words of such a line; how often it has to come, the number beside it
STEP = 4  # pages that may lie between two numbers
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|pág|p|s|side|sida|strona|str|стр)\.?\s*)?(\d{1,4})\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_OUTER = re.compile(r"^\W*(\d{1,4})\s*[|•·]|[|•·]\s*(\d{1,4})\W*$")  # "Chapter 1" is no page


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    here = [at for at, line in enumerate(lines) if not line.blank]
    if len(here) < 2 * TIMES:
        return
    found: set[int] = set()
    for same in _repeated(lines, kind, here):
        if (pages := _paged(lines, here, same)) is not None:
            found.update(here[place] for place in (*same, *pages))
    for at in sorted(found):
        yield drop(CODE, lines[at], f"of every printed page: {quote(lines[at].text)}", 0.95)


def _repeated(lines: Sequence[Line], kind: Sequence[str], here: Sequence[int]) -> Iterator[Sequence[int]]:
    """The places (in `here`) of short lines that come again, whatever their figures."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, at in enumerate(here):
        text = lines[at].text
        if (
            kind[at] not in PROTECTED
            and len(text) < 120
            and 0 < size(text) <= LONGEST
            and not _NUMBER.fullmatch(text)
        ):
            places[_DIGITS.sub("0", plain(text).casefold())].append(place)
    for said, same in places.items():
        if len(same) > 1 and any(char.isalpha() for char in said) and not ends_sentence(said):
            yield same


def _paged(lines: Sequence[Line], here: Sequence[int], same: Sequence[int]) -> Sequence[int] | None:
    """The places of the page numbers beside these lines, () if they are in them; None: there are none."""
    texts = [plain(lines[here[place]].text) for place in same]
    inside = [
        [int(number) for match in _OUTER.finditer(text) for number in match.groups() if number]
        for text in texts
    ]
    for column in zip(*inside, strict=False):
        if len(column) == len(same) and _rising(column):
            return ()
    if len(same) < TIMES:
        return None
    for step in (-1, 1):
        beside = [place + step for place in same if 0 <= place + step < len(here)]
        found = [(place, _NUMBER.fullmatch(lines[here[place]].text)) for place in beside]
        numbers = [int(match[1]) for _, match in found if match]
        if len(numbers) >= max(2, len(same) - 1) and _rising(numbers):
            return [place for place, match in found if match]
    return None


def _rising(numbers: Sequence[int]) -> bool:
    return all(0 < after - before <= STEP for before, after in pairwise(numbers))


RULE = define(CODE, "running-head", __doc__, check)
