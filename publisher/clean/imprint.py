"""A line in -> the fields it states, if it states several and nothing else ("By A. Name | 3 March 2031")."""

import re
from functools import lru_cache

from publisher.clean.dates import WIDEST, clock_line, from_day, has_year, stamps
from publisher.clean.edits import NAMES
from publisher.clean.names import byline, desk, person
from publisher.clean.phrases import grade
from publisher.clean.text import CACHE, plain

_PARTS = re.compile(r"\s*[|•·/]\s+|\s+[–—-]\s+|\s*;\s*")
_DIGIT = re.compile(r"\d")
_FIRST = re.compile(r"(?i:by|von|par|por|di|door|av|af)\s+([^\W\d_][\w'’-]{2,20})")
_BY = re.compile(r"\s+(?=(?:by|von|par|por|di|door|av|af)\s+[^\W\d_])", re.IGNORECASE)

# "By A. Name on Monday, March 3"
_ON = re.compile(
    r"[\s,]+(?:on|am|le|el|il|em|den|op)(?:\s+[^\W\d]+day,?|\s+[^\W\d]+tag,?)?\s*$", re.IGNORECASE
)

Fields = tuple[tuple[str, str], ...]


@lru_cache(CACHE)
def imprint(text: str) -> Fields:
    """(field, value) of each thing the line states: authors, date, updated. () if it states one or none;

    one is enough beside what a page counts ("9 May 2031 · 4 min read · 12 comments").
    """
    if not 12 <= len(text) <= 4 * WIDEST or not _DIGIT.search(text):
        return ()
    line = plain(text)
    if len(line) > WIDEST or not has_year(line):
        return ()
    both = stamps(text)
    if len(both) > 1:
        return _several({stamp.field: stamp.value for stamp in reversed(both)})
    for parts in _splits(line):
        if (found := _stated(parts)) is not None and not _place(line, parts):
            return _several(found) or (() if both else tuple(found.items()))
    return ()


def _several(found: dict[str, str]) -> Fields:
    order = ("authors", "date", "updated")
    return tuple((field, found[field]) for field in order if field in found) if len(found) > 1 else ()


def _splits(line: str) -> list[list[str]]:
    """The ways to cut the line: at its signs, before a late "by", at one of its commas, behind a byline."""
    ways = [[part for part in _PARTS.split(line) if part.strip()], _BY.split(line, maxsplit=1)]
    commas = [place for place, char in enumerate(line) if char == ","]
    ways += [[line[:place], line[place + 1 :]] for place in commas[:4]]
    before, day = from_day(line)
    before = _ON.sub("", before)
    ways += [[before, day]] if byline(before) and not _PARTS.search(before) else []
    return [parts for parts in ways if 2 <= len(parts) <= 5]


def _stated(parts: list[str]) -> dict[str, str] | None:
    """What the parts state, or None if one of them says something else or none a moment."""
    parts = [part.strip(" ,") for part in parts]
    if not any(map(stamps, parts)):
        return None
    found: dict[str, str] = {}
    for part in parts:
        if names := byline(part):
            found.setdefault("authors", NAMES.join(names))
        elif moments := stamps(part):
            for stamp in moments:
                found.setdefault(stamp.field, stamp.value)
        elif name := person(part) or desk(part):
            found.setdefault("authors", name)
        elif first := _FIRST.fullmatch(part):
            found.setdefault("authors", first[1])
        elif not clock_line(part) and not _age(part):
            return None
    return found if {"date", "updated"} & found.keys() else None


def _place(line: str, parts: list[str]) -> bool:
    """Whether the last part stands behind a comma and looks like a name: "19:30, Eastmere Town Hall"."""
    last = parts[-1].strip(" ,")
    return line[: -len(parts[-1])].rstrip().endswith(",") and not byline(last) and bool(person(last))


def _age(part: str) -> bool:
    known = grade(part)
    counts = known is not None and known.family in {"comments", "share"} and _DIGIT.search(part)
    return known is not None and (known.family == "stamps" or bool(counts))
