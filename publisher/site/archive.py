"""Arranged entries in -> the years and months of the archive out, newest first."""

from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from publisher.model import Entry


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of one month, newest first. `url` is site-relative."""

    year: int
    month: int
    url: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year that have entries, newest first. `url` is site-relative."""

    year: int
    url: str
    months: tuple[Month, ...]


def years(entries: tuple[Entry, ...], zone: ZoneInfo) -> tuple[Year, ...]:
    """Years of months."""
    return tuple(
        Year(year, f"/archive/{year:04}/", tuple(held))
        for year, held in groupby(months(entries, zone), lambda month: month.year)
    )


def months(entries: tuple[Entry, ...], zone: ZoneInfo) -> tuple[Month, ...]:
    """Months as the calendar of `zone` counts them; `entries` come newest first."""
    return tuple(
        Month(year, month, f"/archive/{year:04}/{month:02}/", tuple(held))
        for (year, month), held in groupby(entries, lambda entry: _month_of(entry, zone))
    )


def _month_of(entry: Entry, zone: ZoneInfo) -> tuple[int, int]:
    local = entry.card.date.astimezone(zone)
    return local.year, local.month
