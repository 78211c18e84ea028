"""The issues of a newsletter so far, today's cards and the moment -> which articles its next issue holds.

No clock, no disk. Days are local to the publication, so clock changes move no article from one issue to
another; what counts is what an issue that has gone out held, not when cron came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from publisher.errors import PublishError
from publisher.model import Card
from publisher.newsletter.editions import Edition
from publisher.store.ledger import Issued


@dataclass(frozen=True, slots=True)
class Planned:
    """An issue by its local date. `row` is its record if it is frozen, `since` where its days begin.

    Not `due`: its day has not come, or it came and there was nothing.
    """

    day: date
    cards: tuple[Card, ...]
    row: Issued | None = None
    since: datetime | None = None
    due: bool = True


def plan(
    cards: tuple[Card, ...], rows: Iterable[Issued], edition: Edition, now: datetime, zone: ZoneInfo
) -> Planned:
    """The issue of today: the frozen one where there is one, else what has appeared since the last.

    `cards` are those that belong to the newsletter and are published by `now`. Raises PublishError when
    the last issue is later than `now`.
    """
    known = tuple(rows)
    today = now.astimezone(zone).date()
    if row := standing(known, today):
        return recorded(cards, row)
    # One of a later day that was made before now has gone out under a clock that was mended since.
    late = next((row for row in known if row.until > now or (row.day > today and not row.handed_at)), None)
    if late:
        message = f"its issue of {late.day}, made at {late.until.isoformat()}, is later than now"
        hint = "look at the clock, or at --now; if it is right now: publish digest --mend-clock"
        raise PublishError(f"newsletter {edition.name}", message, hint)
    sent = _sent(known)
    waiting = due_since(cards, known, zone, span(edition))
    since = sent[-1].until if sent else _begin(cards, known, zone, span(edition))
    return Planned(today, waiting, None, since, _due(waiting, known, edition, today, zone))


def standing(rows: Iterable[Issued], day: date) -> Issued | None:
    """The issue of a day, unless there is none or it was superseded."""
    return next((row for row in rows if row.day == day and row.superseded_at is None), None)


def preview(
    cards: tuple[Card, ...], rows: Iterable[Issued], edition: Edition, zone: ZoneInfo
) -> Planned | None:
    """What the first issue would hold now; None once there is one that went out.

    Its day is the day of its newest article, so it does not depend on the clock.
    """
    known = tuple(rows)
    waiting = () if _sent(known) else due_since(cards, known, zone, span(edition))
    newest = max((card.date for card in waiting), default=None)
    return Planned(newest.astimezone(zone).date(), waiting) if newest else None


def recorded(cards: Iterable[Card], row: Issued) -> Planned:
    """A frozen issue with those of its articles that are still published, in its own order."""
    known = {card.id: card for card in cards}
    return Planned(row.day, tuple(known[i] for i in row.articles if i in known), row, row.since)


def due_since(
    cards: tuple[Card, ...], rows: Iterable[Issued], zone: ZoneInfo, days: int = 1
) -> tuple[Card, ...]:
    """What has appeared since the last issue that went out and was in none that did.

    The very first issue holds the newest day (or `days`). An article that came late, but is dated within
    the last issue's own days, is taken along: it was forgotten by nobody but the clock.
    """
    known = tuple(rows)
    begin = _begin(cards, known, zone, days)
    held = {article for row in _sent(known) for article in row.articles}
    return tuple(card for card in cards if begin and card.id not in held and card.date >= begin)


def span(edition: Edition) -> int:
    """The days that an issue is about."""
    return 7 if edition.every == "week" else 1


def next_day(edition: Edition, today: date) -> date:
    """The next day on which an issue is due by the calendar, after today."""
    if edition.every != "week":
        return today + timedelta(days=1)
    return today + timedelta(days=(edition.on - today.weekday() - 1) % 7 + 1)


def _sent(rows: Iterable[Issued]) -> list[Issued]:
    """Those that went out, the oldest first."""
    return sorted((row for row in rows if row.handed_at), key=lambda row: row.until)


def _begin(cards: tuple[Card, ...], rows: tuple[Issued, ...], zone: ZoneInfo, days: int) -> datetime | None:
    """The moment from which on articles count that were in no issue; None without any articles.

    Where issues were made and none went out, that of the first of them: their articles are still to come.
    """
    if sent := _sent(rows):
        last = min(sent[-1].day, sent[-1].until.astimezone(zone).date())
        return sent[-1].since or datetime.combine(last, time(), zone)
    newest = max((card.date for card in cards), default=None)
    if newest is None:
        return None
    first = newest.astimezone(zone).date() - timedelta(days=days - 1)
    return min((row.since for row in rows if row.since), default=datetime.combine(first, time(), zone))


def _due(
    waiting: tuple[Card, ...], rows: tuple[Issued, ...], edition: Edition, today: date, zone: ZoneInfo
) -> bool:
    """A daily issue on every day; a weekly one on its weekday, or later if it was missed.

    It was missed if there was something for it, and there has been an issue at all: a newsletter that
    begins waits for its day.
    """
    if edition.every != "week":
        return True
    last = today - timedelta(days=(today.weekday() - edition.on) % 7)
    if last == today:
        return True
    missed = any(card.date.astimezone(zone).date() <= last for card in waiting)
    return missed and bool(rows) and all(row.day < last for row in rows)
