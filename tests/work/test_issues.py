"""Which articles an issue holds: none twice, none forgotten, right through clock changes and bad cron."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.config.load import configure
from publisher.errors import PublishError
from publisher.model import Card
from publisher.newsletter.editions import Edition, editions
from publisher.store.ledger import Issued
from publisher.work.issues import due_since, next_day, plan, preview, recorded
from tests.arrange.entries import entry

START = datetime(2026, 10, 1, tzinfo=UTC)
ZONES = [
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
]
PLAIN = ZoneInfo("UTC")
DAILY, WEEKLY = editions(
    configure("publish.toml", '[newsletters.daily]\n[newsletters.weekly]\nevery = "week"\non = "monday"', {})
)


def cards(*hours: float) -> tuple[Card, ...]:
    return tuple(entry(f"a{n}.md", date=START + timedelta(hours=h)).card for n, h in enumerate(hours))


def issued(
    day: date,
    until: datetime,
    held: Iterable[Card],
    since: datetime | None = None,
    *,
    handed: bool = True,
) -> Issued:
    ids = tuple(card.id for card in held)
    return Issued("daily", day, since, until, until, ids, until if handed else None)


@dataclass
class Office:
    """A newsroom with a ledger: `run` is what cron does. Unless `sends`, nothing that is frozen goes out."""

    edition: Edition
    zone: ZoneInfo
    rows: list[Issued] = field(default_factory=list)

    def run(self, known: Iterable[Card], now: datetime, *, sends: bool = True) -> Issued | None:
        published = tuple(card for card in known if card.date <= now)
        planned = plan(published, self.rows, self.edition, now, self.zone)
        if planned.row is None:
            if not planned.due or not planned.cards:
                return None
            self.rows = [
                row if row.handed_at or row.superseded_at else replace(row, superseded_at=now)
                for row in self.rows
            ]
            ids = tuple(card.id for card in planned.cards)
            self.rows.append(
                Issued(self.edition.name, planned.day, planned.since, now, now, ids, id=len(self.rows) + 1)
            )
        row = next(row for row in self.rows if row.day == planned.day)
        if sends and not row.handed_at:
            self.rows[self.rows.index(row)] = row = replace(row, handed_at=now)
        return row

    @property
    def held(self) -> list[str]:
        """The articles that went out."""
        return [article for row in self.rows if row.handed_at for article in row.articles]


def test_the_first_issue_holds_the_newest_day() -> None:
    assert due_since(cards(1, 25, 30), (), PLAIN) == cards(1, 25, 30)[1:]
    assert due_since((), (), PLAIN) == ()


def test_what_was_in_an_issue_is_in_no_later_one() -> None:
    known = cards(1, 25, 50)
    row = issued(date(2026, 10, 2), START + timedelta(hours=26), known[:2], START)
    assert due_since(known, (row,), PLAIN) == (known[2],)


def test_an_article_that_came_late_is_not_forgotten() -> None:
    first = cards(1)
    row = issued(date(2026, 10, 1), START + timedelta(hours=12), first)
    late = entry("late.md", date=START + timedelta(hours=6)).card
    assert due_since((*first, late), (row,), PLAIN) == (late,)


def test_an_article_dated_at_midnight_is_not_forgotten() -> None:
    first = cards(1)
    row = issued(date(2026, 10, 1), START + timedelta(hours=12), first)
    midnight = entry("midnight.md", date=START).card
    assert due_since((*first, midnight), (row,), PLAIN) == (midnight,)


def test_old_articles_that_are_imported_are_no_news() -> None:
    office = Office(DAILY, PLAIN)
    office.run(cards(30), START + timedelta(hours=31))
    office.run(cards(30, 50), START + timedelta(hours=52))
    old = entry("old.md", date=START - timedelta(days=400)).card
    assert office.run((*cards(30, 50), old), START + timedelta(hours=80)) is None


def test_before_the_first_issue_there_is_a_preview_and_none_afterwards() -> None:
    known = cards(1, 30)
    shown = preview(known, (), DAILY, PLAIN)
    assert shown
    assert (shown.day, shown.cards, shown.row) == (date(2026, 10, 2), (known[1],), None)
    row = issued(date(2026, 10, 3), START + timedelta(hours=50), (known[1],))
    assert preview(known, (replace(row, handed_at=None),), DAILY, PLAIN)
    assert preview(known, (row,), DAILY, PLAIN) is None
    assert preview((), (), DAILY, PLAIN) is None


def test_a_frozen_issue_keeps_its_day_and_its_order_without_what_was_withdrawn() -> None:
    known = cards(1, 2, 3)
    row = issued(date(2026, 10, 1), START + timedelta(hours=4), (known[2], known[0], known[1]))
    assert recorded(known, row).cards == (known[2], known[0], known[1])
    assert recorded(known[:2], row).cards == (known[0], known[1])


def test_the_same_day_gives_the_same_issue() -> None:
    office = Office(DAILY, PLAIN)
    first = office.run(cards(1), START + timedelta(hours=5))
    assert office.run(cards(1, 6), START + timedelta(hours=9)) == first
    later = office.run(cards(1, 6), START + timedelta(hours=30))
    assert later
    assert later.articles == (cards(1, 6)[1].id,)


def test_what_never_went_out_is_in_the_next_issue() -> None:
    office = Office(DAILY, PLAIN)
    office.run(cards(1), START + timedelta(hours=5), sends=False)
    office.run(cards(1, 26), START + timedelta(hours=30), sends=False)
    assert office.held == []
    third = office.run(cards(1, 26, 49), START + timedelta(hours=54))
    assert third
    assert set(third.articles) == {card.id for card in cards(1, 26, 49)}
    assert [bool(row.superseded_at) for row in office.rows] == [True, True, False]


def test_a_moment_before_the_last_issue_is_an_error() -> None:
    row = issued(date(2026, 10, 3), START + timedelta(hours=50), cards(49))
    with pytest.raises(PublishError, match="later than now") as caught:
        plan(cards(1), (row,), DAILY, START + timedelta(hours=20), PLAIN)
    assert "--now" in caught.value.hint


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ([], "Mon"),  # a newsletter that begins waits for its day
        (["2026-10-05"], "2026-10-12"),
        (["2026-10-07"], "2026-10-12"),  # late, then in time again
        (["2026-09-28"], "2026-10-06"),  # Monday was missed
    ],
)
def test_a_weekly_issue_is_due_on_its_day_or_at_the_first_run_after_it(days: list[str], due: str) -> None:
    rows = tuple(
        replace(
            issued(date.fromisoformat(day), datetime.fromisoformat(f"{day}T06:00+00:00"), ()), since=START
        )
        for day in days
    )
    known = tuple(entry(f"d{n}.md", date=START + timedelta(days=n)).card for n in range(30))
    first = max([date(2026, 10, 6), *(row.day + timedelta(days=1) for row in rows)])
    for day in (first + timedelta(days=n) for n in range(14)):
        now = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        if plan(tuple(card for card in known if card.date <= now), rows, WEEKLY, now, PLAIN).due:
            assert due in {day.isoformat(), day.strftime("%a")}
            return
    pytest.fail("it was never due")


def test_a_week_without_articles_is_not_made_up_for_in_its_middle() -> None:
    office = Office(WEEKLY, PLAIN)
    monday = datetime(2026, 10, 5, 6, tzinfo=UTC)
    known = [entry("a.md", date=monday - timedelta(days=1)).card]
    assert office.run(known, monday)
    assert office.run(known, monday + timedelta(days=7)) is None
    known.append(entry("b.md", date=monday + timedelta(days=8)).card)
    assert office.run(known, monday + timedelta(days=8, hours=1)) is None
    assert office.run(known, monday + timedelta(days=14))


def test_the_next_day() -> None:
    assert next_day(DAILY, date(2026, 10, 5)) == date(2026, 10, 6)
    assert [next_day(WEEKLY, date(2026, 10, day)).day for day in (4, 5, 6)] == [5, 12, 12]


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("edition", [DAILY, WEEKLY], ids=lambda each: each.name)
def test_two_years_with_cron_late_doubled_and_missed(zone: ZoneInfo, edition: Edition) -> None:
    """Each article is in exactly one issue, and the local days of issues rise one by one."""
    chance = Random(f"{zone}{edition.name}")  # noqa: S311 - no secret
    begin = datetime(2025, 1, 1, 5, 30)
    known = [entry("a0.md", date=begin.replace(tzinfo=zone).astimezone(UTC) - timedelta(hours=3)).card]
    for number in range(1, 1_500):
        moment = begin.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=chance.randrange(730 * 1_440))
        known.append(entry(f"a{number}.md", date=moment).card)
    office = Office(edition, zone)
    office.run(known, known[0].date + timedelta(hours=1))
    if edition is WEEKLY and not office.rows:
        office.rows.append(
            Issued("weekly", date(2024, 12, 30), None, known[0].date - timedelta(seconds=1), START, (), START)
        )
    for day in range(1, 740):
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            late = timedelta(minutes=chance.choice((0, 0, 1, 59, 61, 600, 1_000)))
            local = (begin + timedelta(days=day)).replace(tzinfo=zone)
            now = local.astimezone(UTC) + late
            if now >= max((row.until for row in office.rows), default=now):
                office.run(known, now, sends=chance.random() < 0.9)
    office.run(known, datetime(2027, 1, 25, 12, tzinfo=zone).astimezone(UTC))
    assert sorted(office.held) == sorted({card.id for card in known})
    days = [row.day for row in office.rows]
    assert days == sorted(set(days))
    if edition is WEEKLY:
        assert sum(day.weekday() == 0 for day in days) > 60


@pytest.mark.parametrize("zone", ZONES, ids=str)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_schedule_holds_each_article_exactly_once(zone: ZoneInfo, data: st.DataObject) -> None:
    """Runs at any moments across a clock change, some of which nobody sends; the last one is sent."""
    hours = st.floats(0, 24 * 60, allow_nan=False)
    known = [entry("first.md", date=START).card]
    known += [
        entry(f"a{n}.md", date=START + timedelta(hours=h)).card
        for n, h in enumerate(data.draw(st.lists(hours, max_size=25)))
    ]
    office = Office(DAILY, zone)
    for hour in sorted(data.draw(st.lists(hours, max_size=40))):
        office.run(known, START + timedelta(hours=hour), sends=data.draw(st.booleans()))
    first = office.rows[0].since if office.rows else None
    office.run(known, START + timedelta(days=70))
    held = office.held
    assert len(held) == len(set(held))
    begin = first or office.rows[0].since
    assert begin
    assert set(held) == {card.id for card in known if card.date >= begin}
