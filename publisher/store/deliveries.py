"""The rows of an issue's deliveries in the ledger: made, claimed, moved on (DESIGN.md 4, law 4).

A row goes `pending -> sending -> sent | deferred | failed | unknown | skipped`. What is done here is safe on
the disk when it returns, also if the power fails in the next moment (`synchronous = FULL`).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

State = Literal["pending", "sending", "sent", "deferred", "failed", "unknown", "skipped"]
LONGEST = 4 * 3_600  # seconds between two tries of one mail
_AHEAD = 48 * 3_600  # seconds; no reader's morning is further away


class Row(NamedTuple):
    """A row that is due: ids, how often it was tried, and since when (seconds since 1970; 0: never)."""

    issue: int
    subscriber: int
    attempts: int
    tried: int


class Mark(NamedTuple):
    """A row's new state, and what the server said. `due` and `at` in seconds since 1970."""

    issue: int
    subscriber: int
    state: State
    at: int
    relay: str = ""
    code: int = 0
    status: str = ""
    reply: str = ""
    due: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that did not end well, for reports. The address is empty once the reader is forgotten."""

    subscriber: int
    address: str
    state: State
    attempts: int
    relay: str
    code: int
    status: str
    reply: str
    at: str


def enrol(db: sqlite3.Connection, issue: int, now: datetime, due: Callable[[str], int]) -> int:
    """A row for every confirmed reader of the issue's newsletter, in one transaction; how many.

    An issue that has its readers keeps them: who comes later gets the next one. `due` tells from a reader's
    time zone ('': none of his own) when his turn is.
    """
    moment = now.isoformat()
    with _transaction(db):
        fresh = db.execute(
            "UPDATE issues SET enrolled_at = ?1, handed_at = coalesce(handed_at, ?1)"
            " WHERE id = ?2 AND enrolled_at IS NULL AND superseded_at IS NULL",
            [moment, issue],
        ).rowcount
        if not fresh:
            return 0
        zones = db.execute(_ZONES, [issue]).fetchall()
        return sum(db.execute(_ENROL, [issue, due(zone), zone]).rowcount for (zone,) in zones)


_READERS = """
FROM issues i JOIN subscriptions n ON n.newsletter = i.newsletter
    JOIN subscribers s ON s.id = n.subscriber WHERE i.id = ?1 AND s.state = 'confirmed'
"""
_ZONES = "SELECT DISTINCT s.time_zone" + _READERS
_ENROL = f"""
INSERT INTO deliveries (issue, subscriber, due)
SELECT i.id, s.id, ?2 {_READERS} AND s.time_zone = ?3 ORDER BY s.id
"""


def doubt(db: sqlite3.Connection, issue: int) -> int:
    """Rows that a run left in `sending` become `unknown`: nobody can know what became of them. How many."""
    with _transaction(db):
        return db.execute(
            "UPDATE deliveries SET state = 'unknown', reply = 'the run ended before the server answered'"
            " WHERE issue = ? AND state = 'sending'",
            [issue],
        ).rowcount


def reopen(db: sqlite3.Connection, issue: int, state: Literal["unknown", "failed"], now: int) -> int:
    """Rows of this state are to be sent again; how many. For `unknown` that may make a second copy."""
    with _transaction(db):
        return db.execute(
            "UPDATE deliveries SET state = 'deferred', due = ?, tried = 0 WHERE issue = ? AND state = ?",
            [now, issue, state],
        ).rowcount


def mend_clock(db: sqlite3.Connection, issue: int, now: int) -> int:
    """Rows whose turn is further away than it can be: the clock was set back since. They are due now."""
    with _transaction(db):
        return db.execute(
            "UPDATE deliveries SET due = ?1 WHERE issue = ?2 AND"
            " ((state = 'deferred' AND due > ?1 + ?3) OR (state = 'pending' AND due > ?1 + ?4))",
            [now, issue, LONGEST, _AHEAD],
        ).rowcount


def claim(db: sqlite3.Connection, issue: int, now: int, most: int) -> list[Row]:
    """Up to `most` rows that are due, the longest due first. Nothing is written: there is one sender."""
    return [
        Row(*found)
        for found in db.execute(
            "SELECT issue, subscriber, attempts, tried FROM deliveries"
            " WHERE issue = ? AND state IN ('pending', 'deferred') AND due <= ?"
            " ORDER BY due, subscriber LIMIT ?",
            [issue, now, most],
        )
    ]


def next_due(db: sqlite3.Connection, issue: int) -> int | None:
    """When the next row is due (seconds since 1970); None when none is left."""
    (found,) = db.execute(
        "SELECT min(due) FROM deliveries WHERE issue = ? AND state IN ('pending', 'deferred')", [issue]
    ).fetchone()
    return None if found is None else int(found)


def address_of(db: sqlite3.Connection, subscriber: int, newsletter: str) -> str:
    """The reader's address, if mail of this newsletter may go there at this moment; else ''."""
    found = db.execute(
        "SELECT s.address FROM subscribers s JOIN subscriptions n ON n.subscriber = s.id"
        " WHERE s.id = ? AND n.newsletter = ? AND s.state = 'confirmed'",
        [subscriber, newsletter],
    ).fetchone()
    return str(found[0]) if found else ""


def write_marks(db: sqlite3.Connection, marks: Iterable[Mark]) -> list[bool]:
    """All marks in one transaction, in their order; for each whether it fitted the row.

    `sending` fits a row that waits, and a reader who may still get mail. `sent` and `unknown` fit what
    is `sending`, all else that too, and what waits. What is settled stays as it is.
    """
    with _transaction(db):
        return [_write(db, mark) for mark in marks]


def _write(db: sqlite3.Connection, mark: Mark) -> bool:
    if mark.state == "sending":
        values: tuple[object, ...] = (mark.relay, mark.at, mark.issue, mark.subscriber)
        return db.execute(_BEGIN, values).rowcount == 1
    values = (mark.state, *mark[4:], mark.at, mark.issue, mark.subscriber)
    return db.execute(_END, values).rowcount == 1


_BEGIN = """
UPDATE deliveries SET state = 'sending', relay = ?1, attempts = attempts + 1,
    code = 0, status = '', reply = '', tried = iif(tried = 0, ?2, tried),
    at = strftime('%Y-%m-%dT%H:%M:%S+00:00', ?2, 'unixepoch')
WHERE issue = ?3 AND subscriber = ?4 AND state IN ('pending', 'deferred') AND EXISTS (
    SELECT 1 FROM subscribers s JOIN subscriptions n ON n.subscriber = s.id
    JOIN issues i ON i.newsletter = n.newsletter WHERE s.id = ?4 AND i.id = ?3 AND s.state = 'confirmed'
)
"""
# A mail that was refused before it was `sending` counts as tried, too.
_END = """
UPDATE deliveries SET relay = ?2, code = ?3, status = ?4, reply = ?5, due = iif(?1 = 'deferred', ?6, due),
    attempts = attempts + (?1 IN ('deferred', 'failed') AND state <> 'sending')
        - (?1 = 'pending' AND state = 'sending'),
    tried = iif(tried = 0 AND ?1 <> 'pending', ?7, tried),
    at = strftime('%Y-%m-%dT%H:%M:%S+00:00', ?7, 'unixepoch'), state = ?1
WHERE issue = ?8 AND subscriber = ?9 AND (
    state = 'sending' OR (state IN ('pending', 'deferred') AND ?1 NOT IN ('sent', 'unknown'))
)
"""


def counts(db: sqlite3.Connection, issue: int) -> Mapping[str, int]:
    """How many rows are in which state."""
    return dict(
        db.execute(
            "SELECT state, count(*) FROM deliveries WHERE issue = ? GROUP BY state", [issue]
        ).fetchall()
    )


def troubles(db: sqlite3.Connection, issue: int, states: tuple[State, ...]) -> Iterator[Trouble]:
    """The rows of these states with their readers, one after the other."""
    places = ", ".join("?" * len(states))
    rows = db.execute(
        "SELECT d.subscriber, coalesce(s.address, ''), d.state, d.attempts, d.relay, d.code, d.status,"  # noqa: S608  (the states are parameters)
        " d.reply, d.at FROM deliveries d LEFT JOIN subscribers s ON s.id = d.subscriber"
        f" WHERE d.issue = ? AND d.state IN ({places}) ORDER BY d.state, d.subscriber",
        [issue, *states],
    )
    return (Trouble(*row) for row in rows)


def taken_by(db: sqlite3.Connection, issue: int) -> Mapping[str, int]:
    """How many mails of the issue each relay took."""
    return dict(
        db.execute(
            "SELECT relay, count(*) FROM deliveries WHERE issue = ? AND state = 'sent' GROUP BY relay",
            [issue],
        ).fetchall()
    )


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block, or nothing; also when it is the commit that fails."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
