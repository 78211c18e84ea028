"""A line that says when the article was published or updated.

Why: dates belong into front matter, where they sort the article and reach the feed.

Fix: the moment moves to an empty `date` or `updated`; further stamps of the page are dropped with it.
A day that differs from front matter, or could be read two ways, is reported. A chronicle keeps its dates.

Example: "Published 3 March 2024, 10:15", "Stand: 03.03.2024", "Mis à jour le 3 mars 2024".
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import compress

from publisher.clean.dates import Stamp, stamps, with_years
from publisher.clean.imprint import imprint
from publisher.clean.place import closing, edges, opening
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding, Line

CODE = "PR003"
ENTRIES = 3  # dates of a chronicle at least


def check(article: Article) -> Iterator[Finding]:
    dated = _dated(article.lines)
    published = [(line, found) for line, found in dated if any(stamp.field == "date" for stamp in found)]
    updated = [(line, found) for line, found in dated if all(stamp.field == "updated" for stamp in found)]
    yield from _findings("date", published, article.front.date)
    yield from _findings("updated", updated, article.front.updated)


def _dated(lines: tuple[Line, ...]) -> list[tuple[Line, tuple[Stamp, ...]]]:
    """The stamp lines around the story. Bare dates among its paragraphs, a chronicle's, stay.

    Fewer than a chronicle has are those of other articles; what stands above the story is its own then.
    A date set as a heading heads what happened on it.
    """
    dated = [
        (line, found)
        for line in with_years(lines)
        if (found := stamps(line.text))
        and not imprint(line.text)
        and (found[0].labelled or line.text[:1] != "#")
    ]
    if not dated:
        return []
    bare = {line.number for line in opening(lines)} | {line.number for line in closing(lines)}
    near = {line.number for line in edges(lines)}
    inside = sum(line.number not in bare and not found[0].labelled for line, found in dated)
    if inside:
        own = {line.number for line in opening(lines)} if inside < ENTRIES else set()
        return [
            (line, found)
            for line, found in dated
            if line.number in near and (found[0].labelled or (found[0].timed and line.number in own))
        ]
    return [(line, found) for line, found in dated if line.number in near]


def _findings(
    field: str, dated: list[tuple[Line, tuple[Stamp, ...]]], known: datetime | None
) -> Iterator[Finding]:
    moments = [(line, stamp) for line, found in dated for stamp in found if stamp.field == field]
    if known is None and moments:
        first = moments[0][1]
        same = [any(_day(stamp) == _day(first) for stamp in found) for _, found in dated]
        yield move(CODE, [line for line, _ in compress(dated, same)], (field, first.value), 0.95)
        known, sureness = first.moment, 0.92
        dated = [each for each, alike in zip(dated, same, strict=True) if not alike]
    else:
        sureness = 0.6
    for line, found in dated:
        same_day = known is not None and any(_day(stamp) == known.date() for stamp in found)
        message = f"time stamp: {quote(line.text)}" + ("" if same_day else f", not the {field} known")
        yield drop(CODE, line, message, 0.95 if same_day else sureness)


def _day(stamp: Stamp) -> date:
    return stamp.moment.date()


RULE = define(CODE, "date-line", __doc__, check)
