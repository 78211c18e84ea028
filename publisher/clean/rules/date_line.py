"""A line that says when the article was published or updated.

Why: dates belong into front matter, where they sort the article and reach the feed.

Fix: the moment moves to an empty `date` or `updated`; a line that repeats a day known already is dropped;
a day that differs, or could be read two ways, is reported. A chronicle keeps its dates.

Example: "Published 3 March 2024, 10:15", "Stand: 03.03.2024", "Mis à jour le 3 mars 2024".
"""

from collections.abc import Iterator
from datetime import datetime

from publisher.clean.dates import Stamp, stamps
from publisher.clean.place import edges
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding, Line

CODE = "PR003"


def check(article: Article) -> Iterator[Finding]:
    near = {line.number for line in edges(article.lines)}
    dated = [(line, found) for line in article.lines if (found := stamps(line.text))]
    if any(line.number not in near and not found[0].labelled for line, found in dated):
        dated = [(line, found) for line, found in dated if found[0].labelled]  # a chronicle
    stated = (("date", article.front.date), ("updated", article.front.updated))
    known = {field: moment for field, moment in stated if moment is not None}
    for line, found in dated:
        yield _finding(line, found, known)


def _finding(line: Line, found: tuple[Stamp, ...], known: dict[str, datetime]) -> Finding:
    for stamp in found:
        if stamp.field not in known and not (stamp.field == "updated" and _same_day(stamp, known)):
            known[stamp.field] = stamp.moment
            return move(CODE, line, (stamp.field, stamp.value), 0.95)
    message = f"time stamp: {quote(line.text)}"
    if all(_same_day(stamp, known) for stamp in found):
        return drop(CODE, line, message, 0.95)
    return drop(CODE, line, message + ", not the date known", 0.6)


def _same_day(stamp: Stamp, known: dict[str, datetime]) -> bool:
    return any(stamp.moment.date() == moment.date() for moment in known.values())


RULE = define(CODE, "date-line", __doc__, check)
