"""Rows move as the law says, whatever is written, in any order; nobody goes on before his mark is safe."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.store import deliveries, ledger_file
from publisher.store.booking import booking
from publisher.store.deliveries import Mark, State
from tests.work.lists import add_issue, add_readers, sql

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
SECOND = int(NOW.timestamp())
STATES = get_args(State.__value__) if hasattr(State, "__value__") else get_args(State)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    ledger_file.create(path)
    add_readers(path, [f"r{n}@example.com" for n in range(1, 6)])
    add_issue(path)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with ledger_file.opened(path) as found:
        yield found


def enrol(db: sqlite3.Connection, issue: int = 1) -> int:
    return deliveries.enrol(db, issue, NOW, lambda _zone: SECOND)


def mark(state: State, subscriber: int = 1, **more: object) -> Mark:
    return Mark(1, subscriber, state, SECOND)._replace(**more)  # type: ignore[arg-type]  # fields of a Mark


def test_readers_are_fixed_once(db: sqlite3.Connection, path: Path) -> None:
    add_readers(path, ["weekly@example.com"], newsletter="weekly")
    sql(path, "UPDATE subscribers SET state = 'unconfirmed' WHERE id = 2")
    assert enrol(db) == 4
    add_readers(path, ["later@example.com"])
    assert enrol(db) == 0
    assert deliveries.counts(db, 1) == {"pending": 4}
    assert sql(path, "SELECT handed_at, enrolled_at FROM issues") == [(NOW.isoformat(), NOW.isoformat())]


def test_an_issue_without_readers_stays_without(db: sqlite3.Connection, path: Path) -> None:
    add_issue(path, newsletter="weekly")
    assert enrol(db, 2) == 0
    add_readers(path, ["later@example.com"], newsletter="weekly")
    assert enrol(db, 2) == 0


def test_a_superseded_issue_gets_no_readers(db: sqlite3.Connection, path: Path) -> None:
    sql(path, "UPDATE issues SET superseded_at = 'then'")
    assert enrol(db) == 0
    assert deliveries.counts(db, 1) == {}


def test_handed_over_as_files_is_remembered(db: sqlite3.Connection, path: Path) -> None:
    sql(path, "UPDATE issues SET handed_at = 'before'")
    assert enrol(db) == 5
    assert sql(path, "SELECT handed_at FROM issues") == [("before",)]


def test_every_zone_has_its_turn(db: sqlite3.Connection, path: Path) -> None:
    add_readers(path, ["far@example.com"], zone="Asia/Tokyo")
    deliveries.enrol(db, 1, NOW, lambda zone: SECOND + (100 if zone else 0))
    assert len(deliveries.claim(db, 1, SECOND, 10)) == 5
    assert len(deliveries.claim(db, 1, SECOND + 100, 10)) == 6
    assert deliveries.next_due(db, 1) == SECOND


def test_a_row_goes_its_way(db: sqlite3.Connection, path: Path) -> None:
    enrol(db)
    assert (
        deliveries.write_marks(db, [mark("sending", relay="a"), mark("sent", relay="a", code=250)])
        == [True] * 2
    )
    assert sql(path, "SELECT state, attempts, tried, relay, code FROM deliveries WHERE subscriber = 1") == [
        ("sent", 1, SECOND, "a", 250)
    ]
    for state in ("sending", "deferred", "failed", "unknown", "pending", "skipped"):
        assert deliveries.write_marks(db, [mark(state)]) == [False]
    assert deliveries.counts(db, 1) == {"sent": 1, "pending": 4}


@pytest.mark.parametrize(
    "change", ["UPDATE subscribers SET state = 'unsubscribed'", "DELETE FROM subscriptions"]
)
def test_who_has_left_is_not_sent_to_at_the_last_moment(
    db: sqlite3.Connection, path: Path, change: str
) -> None:
    enrol(db)
    assert deliveries.address_of(db, 1, "daily") == "r1@example.com"
    sql(path, change)
    assert deliveries.address_of(db, 1, "daily") == ""
    assert deliveries.write_marks(db, [mark("sending")]) == [False]
    assert deliveries.write_marks(db, [mark("skipped")]) == [True]


def test_who_was_forgotten_is_only_a_number(db: sqlite3.Connection, path: Path) -> None:
    enrol(db)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA foreign_keys = ON")
        other.execute("DELETE FROM subscribers WHERE id = 1")
    assert deliveries.address_of(db, 1, "daily") == ""
    deliveries.write_marks(db, [mark("failed", code=550)])
    (trouble,) = deliveries.troubles(db, 1, ("failed",))
    assert (trouble.address, trouble.subscriber, trouble.code) == ("", 1, 550)


def test_tries_are_counted_wherever_they_ended(db: sqlite3.Connection, path: Path) -> None:
    enrol(db)
    deliveries.write_marks(db, [mark("deferred", due=SECOND + 300)])
    assert [row.attempts for row in deliveries.claim(db, 1, SECOND + 300, 9) if row.subscriber == 1] == [1]
    deliveries.write_marks(db, [mark("sending"), mark("deferred", due=SECOND + 600)])
    assert [row.attempts for row in deliveries.claim(db, 1, SECOND + 600, 9) if row.subscriber == 1] == [2]
    deliveries.write_marks(db, [mark("sending"), mark("pending")])
    assert [row.attempts for row in deliveries.claim(db, 1, SECOND + 600, 9) if row.subscriber == 1] == [2]


def test_what_a_kill_left_is_in_doubt_and_only_that(db: sqlite3.Connection) -> None:
    enrol(db)
    deliveries.write_marks(db, [mark("sending"), mark("sending", 2), mark("sent", 2), mark("failed", 3)])
    assert deliveries.doubt(db, 1) == 1
    assert deliveries.counts(db, 1) == {"unknown": 1, "sent": 1, "failed": 1, "pending": 2}
    assert deliveries.doubt(db, 1) == 0
    assert deliveries.reopen(db, 1, "unknown", SECOND) == 1
    assert deliveries.reopen(db, 1, "failed", SECOND) == 1
    assert len(deliveries.claim(db, 1, SECOND, 10)) == 4


def test_a_clock_that_was_set_back_makes_nobody_wait(db: sqlite3.Connection) -> None:
    enrol(db)
    deliveries.write_marks(db, [mark("deferred", due=SECOND + 300)])
    yesterday = SECOND - 5 * 86_400
    assert deliveries.claim(db, 1, yesterday, 10) == []
    assert deliveries.mend_clock(db, 1, yesterday) == 5
    assert len(deliveries.claim(db, 1, yesterday, 10)) == 5
    assert deliveries.mend_clock(db, 1, yesterday) == 0


def test_turns_that_are_near_stay(db: sqlite3.Connection) -> None:
    enrol(db)
    deliveries.write_marks(db, [mark("deferred", due=SECOND + deliveries.LONGEST)])
    assert deliveries.mend_clock(db, 1, SECOND) == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_whatever_is_written_the_law_holds(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[State]
) -> None:
    """What is settled stays; `sent` comes only after `sending`."""
    path = tmp_path_factory.mktemp("law") / "ledger.sqlite"
    ledger_file.create(path)
    add_readers(path, ["r1@example.com"])
    add_issue(path)
    ways = {"pending", "deferred"}
    with ledger_file.opened(path) as db:
        enrol(db)
        state = "pending"
        for want in wanted:
            (fits,) = deliveries.write_marks(db, [mark(want)])
            after = {"sending": ways, "sent": {"sending"}, "unknown": {"sending"}}
            allowed = state in after.get(want, {*ways, "sending"})
            assert fits == allowed
            state = want if fits else state
            assert deliveries.counts(db, 1) == {state: 1}


def test_marks_of_many_are_written_together_and_in_order(path: Path) -> None:
    with ledger_file.opened(path) as db:
        enrol(db)

    async def run(db: sqlite3.Connection) -> list[bool]:
        lost: list[Mark] = []
        fitted: list[bool] = []
        async with booking(path, db, lost) as book:
            begun = await asyncio.gather(*(book.write(mark("sending", n)) for n in range(1, 6)))
            for n in range(1, 6):
                book.note(mark("sent", n), fitted.append)
            assert await book.write(mark("sending", 1)) is False
            assert fitted == [True] * 5
            book.note(mark("failed", 1), fitted.append)
        assert fitted[-1] is False
        assert not lost
        return begun

    with ledger_file.opened(path) as db:
        assert asyncio.run(run(db)) == [True] * 5
    assert sql(path, "SELECT state, count(*) FROM deliveries GROUP BY state") == [("sent", 5)]


def test_after_a_write_that_failed_nothing_new_begins(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.store.booking._BETWEEN", 0.01)
    with ledger_file.opened(path) as db:
        enrol(db)
    sql(path, "CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'full'); END")
    lost: list[Mark] = []

    async def run(db: sqlite3.Connection) -> None:
        async with booking(path, db, lost) as book:
            book.note(mark("failed", 2, code=550), lambda _: None)
            for _ in range(2):
                with pytest.raises((PublishError, sqlite3.Error)):
                    await book.write(mark("sending"))

    with ledger_file.opened(path) as db:
        asyncio.run(run(db))
    assert [each.subscriber for each in lost] == [2]
    sql(path, "DROP TRIGGER full")
    assert sql(path, "SELECT DISTINCT state FROM deliveries") == [("pending",)]


def test_what_is_known_is_written_once_there_is_room_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publisher.store.booking._BETWEEN", 0.1)
    with ledger_file.opened(path) as db:
        enrol(db)
    sql(path, "CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'full'); END")
    lost: list[Mark] = []

    async def run(db: sqlite3.Connection) -> None:
        async with booking(path, db, lost) as book:
            book.note(mark("failed", 2), lambda _: None)
            await asyncio.sleep(0.05)
            sql(path, "DROP TRIGGER full")

    with ledger_file.opened(path) as db:
        asyncio.run(run(db))
    assert not lost
    assert sql(path, "SELECT state FROM deliveries WHERE subscriber = 2") == [("failed",)]
