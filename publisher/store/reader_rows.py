"""Rows of the readers' tables in the ledger: read as values, and changed one act at a time.

Every function works within the transaction of its caller.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from publisher.audience.subscriber import Act, Change, Consent, Newcomer, State, Subscriber

# Names of newsletters hold no line break.
CHOSEN = """
    (SELECT group_concat(newsletter, char(10)) FROM
        (SELECT newsletter FROM subscriptions WHERE subscriber = s.id ORDER BY newsletter))
"""
COLUMNS = f"s.id, s.address, s.mailbox, s.state, {CHOSEN}, s.joined, s.name, s.language, s.time_zone"


def subscriber(row: Sequence[Any]) -> Subscriber:
    """The value of a row of COLUMNS."""
    number, address, mailbox, state, chosen, joined, *rest = row
    moment = datetime.fromisoformat(joined)
    return Subscriber(number, address, mailbox, state, split(chosen), moment, *rest)


def by_id(db: sqlite3.Connection, number: int) -> Subscriber | None:
    row = db.execute(f"SELECT {COLUMNS} FROM subscribers s WHERE s.id = ?", [number]).fetchone()  # noqa: S608
    return subscriber(row) if row else None


def by_mailbox(db: sqlite3.Connection, mailbox: str) -> Subscriber | None:
    query = f"SELECT {COLUMNS} FROM subscribers s WHERE s.mailbox = ?"  # noqa: S608  (our own columns)
    row = db.execute(query, [mailbox]).fetchone()
    return subscriber(row) if row else None


def consents(db: sqlite3.Connection, number: int) -> tuple[Consent, ...]:
    """All records of a reader, the oldest first."""
    rows = db.execute(
        "SELECT at, act, how, wording, evidence, newsletters FROM consents WHERE subscriber = ? ORDER BY id",
        [number],
    )
    return tuple(map(_consent, rows))


def insert(db: sqlite3.Connection, newcomer: Newcomer, state: State, joined: datetime) -> int:
    """The id of the new reader."""
    who = newcomer.address
    row = (who.address, who.mailbox, state, stamp(joined))
    about = (newcomer.name, newcomer.language, newcomer.time_zone)
    number = db.execute(
        "INSERT INTO subscribers (address, mailbox, state, joined, name, language, time_zone)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*row, *about),
    ).lastrowid
    assert number is not None  # noqa: S101  (there is one after an INSERT)
    join(db, number, newcomer.newsletters)
    return number


def fill(db: sqlite3.Connection, number: int, newcomer: Newcomer) -> None:
    """What was not known of a reader yet."""
    db.execute(
        "UPDATE subscribers SET name = iif(name = '', ?, name), language = iif(language = '', ?, language),"
        " time_zone = iif(time_zone = '', ?, time_zone) WHERE id = ?",
        (newcomer.name, newcomer.language, newcomer.time_zone, number),
    )


def alter(db: sqlite3.Connection, number: int, change: Change) -> None:
    """Name, language and time zone, where they change."""
    db.execute(
        "UPDATE subscribers SET name = coalesce(?, name), language = coalesce(?, language),"
        " time_zone = coalesce(?, time_zone) WHERE id = ?",
        (change.name, change.language, change.time_zone, number),
    )


def enter(db: sqlite3.Connection, number: int, state: State) -> None:
    db.execute("UPDATE subscribers SET state = ? WHERE id = ?", (state, number))


def join(db: sqlite3.Connection, number: int, newsletters: Iterable[str]) -> None:
    rows = [(name, number) for name in newsletters]
    db.executemany("INSERT OR IGNORE INTO subscriptions (newsletter, subscriber) VALUES (?, ?)", rows)


def leave(db: sqlite3.Connection, number: int, newsletters: Iterable[str]) -> None:
    """Unsubscribes, so that no import subscribes again."""
    rows = [(name, number) for name in newsletters]
    db.executemany("DELETE FROM subscriptions WHERE newsletter = ? AND subscriber = ?", rows)
    db.executemany("INSERT OR IGNORE INTO departures (newsletter, subscriber) VALUES (?, ?)", rows)


def left(db: sqlite3.Connection, number: int) -> frozenset[str]:
    """The newsletters that a reader chose to leave."""
    return frozenset(
        name for (name,) in db.execute("SELECT newsletter FROM departures WHERE subscriber = ?", [number])
    )


def come_back(db: sqlite3.Connection, number: int, newsletters: Iterable[str]) -> None:
    """The reader wants these again."""
    rows = [(name, number) for name in newsletters]
    db.executemany("DELETE FROM departures WHERE newsletter = ? AND subscriber = ?", rows)


def record(db: sqlite3.Connection, number: int, consent: Consent, newsletters: Iterable[str] = ()) -> None:
    """Adds a consent; its newsletters, or those given where it names none."""
    names = "\n".join(sorted(consent.newsletters or newsletters))
    row = (number, stamp(consent.at), consent.act, consent.how, consent.wording, consent.evidence, names)
    db.execute(
        "INSERT INTO consents (subscriber, at, act, how, wording, evidence, newsletters)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def stamp(moment: datetime) -> str:
    """UTC, so that moments compare as text."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot go into the ledger")
    return moment.astimezone(UTC).isoformat()


def split(names: str | None) -> tuple[str, ...]:
    return tuple(names.split("\n")) if names else ()


def agreement(db: sqlite3.Connection, number: int) -> Consent | None:
    """The latest record of why mail may go to a reader."""
    return _latest(db, number, ("asked", "confirmed", "imported"))


def farewell(db: sqlite3.Connection, number: int) -> Consent | None:
    """The latest record of why no mail may go to a reader any more."""
    return _latest(db, number, ("unsubscribed", "bounced", "complained"))


def _latest(db: sqlite3.Connection, number: int, acts: tuple[Act, Act, Act]) -> Consent | None:
    row = db.execute(
        "SELECT at, act, how, wording, evidence, newsletters FROM consents"
        " WHERE subscriber = ? AND act IN (?, ?, ?) ORDER BY id DESC LIMIT 1",
        (number, *acts),
    ).fetchone()
    return _consent(row) if row else None


def _consent(row: Sequence[Any]) -> Consent:
    at, act, how, wording, evidence, names = row
    return Consent(datetime.fromisoformat(at), act, how, wording, evidence, split(names))
