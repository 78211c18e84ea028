"""Documents in -> the segments of the index out: a few, oldest first, by the calendar.

Each segment has an index of its own, so that a new article touches the files of the youngest and
smallest one only. The further back, the longer the span: the months of the newest article's quarter,
the quarters of its year, the years of its decade, decades before that. The spans depend on the articles
alone, so a site built again has the same; when a quarter or a year ends, they merge once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from publisher.search.documents import Document

# A segment costs every query a request for each word: small neighbours share one.
_WORTHWHILE = 256


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents of neighbouring spans, oldest first; `name` is that of the first span: `2024-q1`."""

    name: str
    documents: tuple[Document, ...]


def segments(documents: Iterable[Document]) -> tuple[Segment, ...]:
    """All segments, the oldest first."""
    ordered = sorted(documents, key=lambda each: (each.day, each.href))
    if not ordered:
        return ()
    newest = ordered[-1].day
    spans = [(name, tuple(held)) for name, held in groupby(ordered, lambda each: _span(each.day, newest))]
    made: list[Segment] = []
    for name, held in spans:
        if made and len(made[-1].documents) < _WORTHWHILE:
            made[-1] = Segment(made[-1].name, made[-1].documents + held)
        else:
            made.append(Segment(name, held))
    return tuple(made)


def _span(day: date, newest: date) -> str:
    quarter = (day.month + 2) // 3
    if day.year // 10 < newest.year // 10:
        return f"{day.year // 10}0s"
    if day.year < newest.year:
        return f"{day.year}"
    if quarter < (newest.month + 2) // 3:
        return f"{day.year}-q{quarter}"
    return f"{day.year}-{day.month:02}"
