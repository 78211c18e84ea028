"""A line in -> the moments it states, if it states nothing else: "Updated 3 March 2024, 10:15 CET"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from typing import Literal

from publisher.clean.memory import remembered
from publisher.clean.tables import vocabulary
from publisher.clean.text import CACHE, plain, raw_label
from publisher.model import Line

LONGEST = 160  # characters of a stamp line
WIDEST = 200  # characters of a line that states a moment beside other things
_HOURS = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "msk": 3, "мск": 3,
    "jst": 9, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_NOON = frozenset({"a.m.", "p.m."})
NAMED = 8  # words of a byline
_UNSURE = frozenset({"et", "pt", "ct", "mt", "ist"})  # zones that mean several offsets: the day is kept
_YEAR = re.compile(r"(?:19|20)\d\d")
# a digit near a year: no day is without, and to look for it takes a tenth of the time that days take
_NEAR = re.compile(r"\d.{1,60}(?:19|20)\d\d|(?:19|20)\d\d(?:[-/.]|年|년)\s?\d")
_TOKEN = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])(?:[:.]|h |h)([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:\s?([ap])\.?\s?m\b)?"
)
_TIME = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-3])(?:[:.]|h |h)[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?\s?m\b\.?)?(?:\s?uhr\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?<=\d)\s?([+-])(\d{2}):?(\d{2})\b")


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment: its day, its time and offset if given, and whether it is of publication or update."""

    field: Literal["date", "updated"]
    labelled: bool
    moment: datetime

    @property
    def timed(self) -> bool:
        """Whether a time of the day is stated (midnight without a zone is none)."""
        return self.moment.time() != time(0) or self.moment.tzinfo is not None

    @property
    def value(self) -> str:
        """ISO 8601; a day without time has none, a time without zone stays naive."""
        return self.moment.isoformat(timespec="minutes") if self.timed else self.moment.date().isoformat()


@lru_cache(CACHE)
def stamps(text: str) -> tuple[Stamp, ...]:
    """The moments of a line that consists of nothing else, else none. Ambiguous days (3/4/24) are none."""
    if len(text) > 4 * LONGEST:
        return ()
    line = plain(text)
    if len(line) > LONGEST or not has_year(line):
        return ()
    folded = line.casefold().replace("i̇", "i")
    if not _of_stamps(folded):
        return ()
    found: list[Stamp] = []
    end = 0
    matches = list(_days().finditer(folded))
    for index, match in enumerate(matches):
        day = _day(match)
        if day is None:
            return ()
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(folded)
        before = raw_label(folded[end : match.start()])
        updated = _says("updated", before)
        labelled = updated or _says("labels", before)
        after = folded[match.end() : stop] + (f" {folded[: match.start()]}" if index == 0 else "")
        found.append(Stamp("updated" if updated else "date", labelled, _moment(day, after)))
        end = match.end()
    return tuple(found)


def _of_stamps(folded: str) -> bool:
    """Whether a line has no other words than stamps have; the first word tells it of most lines."""
    allowed = _allowed()
    words = (found.group() for found in _TOKEN.finditer(folded))
    return all(word in allowed or raw_label(word) in allowed for word in words)


def has_year(line: str) -> bool:
    """Whether the line can state a day: all that are read have a year in them."""
    return ("19" in line or "20" in line) and _YEAR.search(line) is not None


@remembered
def with_years(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that can state a day: those with a year that are no paragraphs."""
    short = [(line, text) for line in lines if len(text := plain(line.text)) <= WIDEST]
    return tuple([line for line, text in short if has_year(text)])


@lru_cache(CACHE)
def clock_line(text: str) -> bool:
    """Whether a line states a time or a weekday and nothing else ("15:44 Uhr", "Updated 15.59", "Friday")."""
    line = plain(text)
    if not line or len(line) > LONGEST:
        return False
    folded = line.casefold().replace("i̇", "i")
    if not _of_stamps(folded):
        return False
    tokens = [raw_label(token) for token in _TOKEN.findall(folded)]
    if not tokens or any(token in _months() for token in tokens):
        return False
    weekday = raw_label(folded) in _words("weekdays") and len(folded) > 3
    if any(char.isdigit() for char in _CLOCK.sub("", folded)):
        return False  # a day, after all, though not one that can be read
    said = _says("labels", " ".join(tokens)) or _says("updated", " ".join(tokens))
    return weekday or (
        bool(_CLOCK.search(folded)) and (said or not {"uhr", "am", "pm", "h"}.isdisjoint(tokens))
    )


def _says(key: str, label: str) -> bool:
    """Whether a label has one of the phrases under a key in it."""
    return label != "" and any(map(f" {label} ".__contains__, _spaced(key)))


@cache
def _spaced(key: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in _words(key))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(vocabulary("stamps", key))


@cache
def _months() -> dict[str, int]:
    rows: dict[str, int] = {}
    for position, names in enumerate(vocabulary("stamps", "months")):
        rows |= dict.fromkeys(names.split(), position % 12 + 1)
    return rows


@cache
def _allowed() -> frozenset[str]:
    phrases = (*_words("labels"), *_words("updated"), *_words("words"), *_words("weekdays"))
    tokens = {token for phrase in phrases for token in phrase.split()}
    return frozenset(tokens | _months().keys() | _HOURS.keys() | _UNSURE | {"t", "z"})


@cache
def _days() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        r"(?<!\d)(?:"
        r"(?P<y1>(?:19|20)\d\d)(?:[-/.]|年|년)\s?(?P<m1>\d{1,2})(?:[-/.]|月|월)\s?(?P<d1>\d{1,2})(?!\d)(?:日|일)?"
        r"|(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./-](?P<y2>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?\s?(?:de |of )?\s?(?P<m3>{month})\b"
        r"\.?,?\s?(?:de |del |of )?(?P<y3>(?:19|20)\d\d)(?!\d)"
        rf"|\b(?P<m4>{month})\b\.?\s?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>(?:19|20)\d\d)(?!\d)"
        r")",
        re.IGNORECASE,
    )


def _day(match: re.Match[str]) -> date | None:
    parts = {name[0]: text for name, text in match.groupdict().items() if text}
    month, day, year = parts["m"], parts["d"], int(parts["y"])
    number = int(month) if month.isdecimal() else _months()[month]
    numeric_slash = bool(match["d2"]) and "." not in match.group()
    if numeric_slash and number != int(day):
        if number <= 12 and int(day) <= 12:
            return None
        if number > 12:
            number, day = int(day), month
    try:
        return date(year, number, int(day))
    except ValueError:
        return None


def _moment(day: date, rest: str) -> datetime:
    clock = _CLOCK.search(rest)
    tokens = set(_TOKEN.findall(rest))
    if clock is None or tokens & _UNSURE:
        return datetime.combine(day, time(0))
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3]:
        hour = hour % 12 + (12 if clock[3] == "p" else 0)
    zone = next((_HOURS[token] for token in sorted(tokens) if token in _HOURS), None)
    offset = _OFFSET.search(rest)
    info = None if zone is None else (UTC if zone == 0 else timezone(timedelta(hours=zone)))
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        info = (
            timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes < 1440 else None
        )
    return datetime.combine(day, time(hour, minute), info)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a line says beside its days: the words before the last moment and behind it; is there a time."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    timed: bool


def beside_stamps(text: str) -> Beside | None:
    """The words of a short line that are no part of its moments; None for a line without a full day."""
    line = plain(text)
    if len(line) > LONGEST or not has_year(line) or not _NEAR.search(line):
        return None
    left, days = _days().subn("\n", line)
    if not days:
        return None
    rest, times = _TIME.subn("\n", left)
    before, _, after = rest.rpartition("\n")
    return Beside(_others(before), _others(after), bool(times))


def only_dated(text: str) -> bool:
    """Whether a line ends in the full stop of "p.m.", not of a sentence: it says a day and a name at most."""
    if text.rstrip()[-4:].casefold() not in _NOON:
        return False
    beside = beside_stamps(text)
    return beside is not None and beside.timed and len(beside.before) + len(beside.after) <= NAMED


def from_day(text: str) -> tuple[str, str]:
    """What a line says before its first day, and from there on; both empty without a day."""
    line = plain(text)
    found = _days().search(line) if len(line) <= LONGEST and has_year(line) else None
    return (line[: found.start()], line[found.start() :]) if found else ("", "")


def _others(text: str) -> tuple[str, ...]:
    allowed = _allowed()
    words = _TOKEN.findall(text)
    return tuple(word for word in words if word.casefold() not in allowed and raw_label(word) not in allowed)
