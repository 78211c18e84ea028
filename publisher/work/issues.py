"""Recorded issues and today's cards -> which articles each issue of the newsletter holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from publisher.model import Card
from publisher.newsletter.issue import issue_of_day
from publisher.store.ledger import Issued

NEWSLETTER = "daily"


@dataclass(frozen=True, slots=True)
class Planned:
    """An issue by its local date; `row` is its record, once it has been frozen."""

    day: date
    cards: tuple[Card, ...]
    row: Issued | None = None


def planned(cards: tuple[Card, ...], rows: Iterable[Issued], zone: ZoneInfo) -> tuple[Planned, ...]:
    """Every issue that was frozen, oldest first. Before the first one: what it would hold now.

    The day of that preview is the day of its newest article, so it does not depend on the clock.
    """
    frozen = sorted(rows, key=lambda row: row.day)
    if frozen:
        return tuple(recorded(cards, row) for row in frozen)
    waiting = due_since(cards, (), zone)
    return (Planned(waiting[0].date.astimezone(zone).date(), waiting),) if waiting else ()


def recorded(cards: Iterable[Card], row: Issued) -> Planned:
    """A frozen issue with those of its articles that are still published, in its own order."""
    known = {card.id: card for card in cards}
    return Planned(row.day, tuple(known[i] for i in row.articles if i in known), row)


def due_since(cards: tuple[Card, ...], rows: Iterable[Issued], zone: ZoneInfo) -> tuple[Card, ...]:
    """What has appeared since the last issue and was in none.

    The very first issue holds the newest day. An article that came late, but is dated within the
    last issue's own days, is taken along: it was forgotten by nobody but the clock.
    """
    frozen = sorted(rows, key=lambda row: row.until)
    if not frozen:
        newest = max((card.date for card in cards), default=None)
        return issue_of_day(cards, newest.astimezone(zone).date(), zone) if newest else ()
    last = frozen[-1]
    floor = last.since or datetime.combine(last.day, time(), zone)
    sent = {article for row in frozen for article in row.articles}
    return tuple(card for card in cards if card.id not in sent and card.date >= floor)
