"""Which articles an issue holds: none twice, none forgotten, right through clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Card
from publisher.store.ledger import Issued
from publisher.work.issues import NEWSLETTER, due_since, planned
from tests.arrange.entries import entry

START = datetime(2026, 10, 1, tzinfo=UTC)
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Pacific/Apia")]


def cards(*hours: float) -> tuple[Card, ...]:
    return tuple(entry(f"a{n}.md", date=START + timedelta(hours=h)).card for n, h in enumerate(hours))


def issued(day: date, until: datetime, held: tuple[Card, ...], since: datetime | None = None) -> Issued:
    return Issued(NEWSLETTER, day, since, until, until, tuple(card.id for card in held))


def test_the_first_issue_holds_the_newest_day() -> None:
    assert due_since(cards(1, 25, 30), (), ZoneInfo("UTC")) == cards(1, 25, 30)[1:]
    assert due_since((), (), ZoneInfo("UTC")) == ()


def test_what_was_in_an_issue_is_in_no_later_one() -> None:
    known = cards(1, 25, 50)
    row = issued(date(2026, 10, 2), START + timedelta(hours=26), known[:2], START)
    assert due_since(known, (row,), ZoneInfo("UTC")) == (known[2],)


def test_an_article_that_came_late_is_not_forgotten() -> None:
    first = cards(1)
    row = issued(date(2026, 10, 1), START + timedelta(hours=12), first)
    late = entry("late.md", date=START + timedelta(hours=6)).card
    assert due_since((*first, late), (row,), ZoneInfo("UTC")) == (late,)


def test_an_article_dated_at_midnight_is_not_forgotten() -> None:
    first = cards(1)
    row = issued(date(2026, 10, 1), START + timedelta(hours=12), first)
    midnight = entry("midnight.md", date=START).card
    assert due_since((*first, midnight), (row,), ZoneInfo("UTC")) == (midnight,)


def test_before_the_first_issue_there_is_a_preview_and_none_afterwards() -> None:
    known = cards(1, 30)
    (preview,) = planned(known, (), ZoneInfo("UTC"))
    assert (preview.day, preview.cards, preview.row) == (date(2026, 10, 2), (known[1],), None)
    row = issued(date(2026, 10, 3), START + timedelta(hours=50), (known[1],))
    later = entry("later.md", date=START + timedelta(hours=60)).card
    assert [issue.day for issue in planned((*known, later), (row,), ZoneInfo("UTC"))] == [date(2026, 10, 3)]


def test_a_frozen_issue_keeps_its_day_and_its_order() -> None:
    known = cards(1, 2, 3)
    row = issued(date(2026, 10, 1), START + timedelta(hours=4), (known[2], known[0], known[1]))
    (issue,) = planned(known, (row,), ZoneInfo("UTC"))
    assert (issue.day, issue.cards) == (date(2026, 10, 1), (known[2], known[0], known[1]))
    withdrawn = planned(known[:2], (row,), ZoneInfo("UTC"))
    assert withdrawn[0].cards == (known[0], known[1])


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(
    hours=st.lists(st.floats(0, 24 * 60), min_size=1, max_size=40),
    delays=st.lists(st.integers(0, 30), min_size=70, max_size=70),
)
def test_daily_runs_hold_each_article_exactly_once(
    zone: ZoneInfo, hours: list[float], delays: list[int]
) -> None:
    """Two months across a clock change, each run late by up to 30 hours."""
    known = cards(*hours)
    rows: list[Issued] = []
    for day, delay in enumerate(delays):
        now = START + timedelta(days=day, hours=5 + delay)
        today = now.astimezone(zone).date()
        if any(row.day == today for row in rows):
            continue
        due = due_since(tuple(card for card in known if card.date <= now), rows, zone)
        if due:
            rows.append(issued(today, now, due, max((row.until for row in rows), default=None)))
    held = [article for row in rows for article in row.articles]
    assert len(held) == len(set(held))
    first = min((card.date for card in known if card.id in set(held)), default=START)
    assert set(held) >= {card.id for card in known if card.date > first}
