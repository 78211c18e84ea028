"""Sign-ups in, kept until their mail has gone out; who gets one, by rules that no flood of them moves (S07).

A row is `waiting` until just before its mail's final dot, `sending` from then on, and gone when the server
has said what became of it. A program that is killed between finds the row again: nothing is lost, and only
that one mail may go out twice, as the same mail.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from publisher.audience.keys import Keys
from publisher.audience.subscriber import Address, Consent, Newcomer, Reason, Subscriber
from publisher.store import reader_rows as rows
from publisher.store import suppressions
from publisher.store.bursts import counted_in
from publisher.store.invitations import Invitation, may_go, put_down
from publisher.store.ledger_file import exists
from publisher.store.subscribers import ask
from publisher.store.transactions import reading, writing

Purpose = Literal["confirm", "settings"]
MOST = 20_000  # sign-ups that wait; what floods in beyond is not kept
_AGE = timedelta(days=2)  # after which a mail would surprise
_LOOK = 200  # rows in one transaction
_DOUBTS = 2  # times that a mail may be begun while nobody knows what became of it before
_BLOCKED: frozenset[Reason] = frozenset({"complained", "manual"})
_FORGOTTEN = timedelta(days=30)  # an address that nobody confirmed is kept for so long


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody entered into a form. `at` is aware; see `Consent` for `wording` and `evidence`."""

    purpose: Purpose
    address: Address
    at: datetime
    newsletters: tuple[str, ...] = ()
    language: str = ""
    wording: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """A mail to be sent now: what for, and to whom, with the newsletters that he asked for."""

    id: int
    purpose: Purpose
    reader: Subscriber
    attempts: int


class _Row(NamedTuple):
    id: int
    purpose: Purpose
    address: str
    mailbox: str
    newsletters: str
    language: str
    wording: str
    evidence: str
    at: str
    attempts: int
    doubts: int
    subscriber: int | None
    state: str


class Signups:
    """The sign-ups in the ledger at `path`. Raises PublishError and Locked as `Subscribers` does."""

    def __init__(self, path: Path, keys: Keys, burst: int = 0) -> None:
        self._path = path
        self._keys = keys
        self._burst = burst

    def receive(self, wishes: Sequence[Wish]) -> int:
        """Keeps the wishes, all in one transaction, whoever they are from; they are looked at later.

        How many of them have to wait until a burst of sign-ups is over.
        """
        with writing(self._path) as db:
            (kept,) = db.execute("SELECT count(*) FROM signups").fetchone()
            (held,) = db.execute("SELECT count(*) FROM signups WHERE held").fetchone()
            room = {False: MOST - (kept - held), True: MOST - held}
            before = dict(room)
            for wish in wishes:
                waits = wish.purpose == "confirm" and counted_in(
                    db, wish.address.mailbox, wish.at, self._burst
                )
                if room[waits] > 0:
                    room[waits] -= 1
                    db.execute(_RECEIVE, _values(wish, waits))
            return int(before[True] - room[True])

    def take(self, now: datetime) -> Errand | None:
        """The next mail that is due and may be sent. What may not is struck off, and nobody hears of it."""
        while True:
            with writing(self._path) as db:
                found = db.execute(_DUE, [int(now.timestamp()), _LOOK]).fetchall()
                for row in map(_Row._make, found):
                    if errand := self._look(db, row, now):
                        return errand
                    db.execute("DELETE FROM signups WHERE id = ?", [row.id])
            if len(found) < _LOOK:
                return None

    def next_due(self) -> int | None:
        """When the next sign-up is due (seconds since 1970); None when none is waiting."""
        if not exists(self._path):
            return None
        with reading(self._path) as db:
            (found,) = db.execute("SELECT min(due) FROM signups").fetchone()
            return None if found is None else int(found)

    def begin(self, errand: Errand, now: datetime) -> bool:
        """True once the ledger says safely that the mail is on its way; False: it must not go out now."""
        with writing(self._path) as db:
            reader = rows.by_id(db, errand.reader.id)
            if reader is None or self._is_blocked(db, reader.mailbox):
                return False
            if errand.purpose == "confirm" and reader.state == "confirmed":
                return False
            begun = db.execute(
                "UPDATE signups SET state = 'sending', doubts = doubts + 1 WHERE id = ?", [errand.id]
            )
            mail = Invitation(errand.id, errand.purpose, reader.mailbox)
            put_down(db, self._keys, mail, now)
            return bool(begun.rowcount)

    def settle(self, errand: Errand) -> None:
        """The mail has gone out, or never will."""
        with writing(self._path) as db:
            db.execute("DELETE FROM signups WHERE id = ?", [errand.id])

    def defer(self, errand: Errand, due: datetime, *, doubted: bool = False) -> None:
        """The mail is tried again then. `doubted`: it may have gone out."""
        with writing(self._path) as db:
            db.execute(
                "UPDATE signups SET due = ?, attempts = ?, state = iif(?, state, 'waiting'),"
                " doubts = iif(?, doubts, 0) WHERE id = ?",
                (int(due.timestamp()), errand.attempts + 1, doubted, doubted, errand.id),
            )

    def tidy(self, now: datetime) -> int:
        """Forgets who only asked, by the form, a month ago and never confirmed; how many."""
        with writing(self._path) as db:
            return db.execute(_UNCONFIRMED, [rows.stamp(now - _FORGOTTEN)]).rowcount

    def _look(self, db: sqlite3.Connection, row: _Row, now: datetime) -> Errand | None:
        """The mail that the row is for, or None; who asks to become a reader is put down as such."""
        reader = rows.by_mailbox(db, row.mailbox)
        # Whom the row was put down as may have been erased since, and whoever was wants no mail.
        gone = row.subscriber is not None and (reader is None or reader.id != row.subscriber)
        stale = now - datetime.fromisoformat(row.at) > _AGE
        if gone or stale or self._is_blocked(db, row.mailbox) or _is_hopeless(row, reader):
            return None
        purpose = _purpose(row, reader)
        if not (
            row.state == "sending" or may_go(db, self._keys, Invitation(row.id, purpose, row.mailbox), now)
        ):
            if reader and reader.state == "unconfirmed":
                rows.join(db, reader.id, rows.split(row.newsletters))
            return None
        if purpose == "confirm" and row.subscriber is None and row.newsletters:
            reader = self._asked(db, row)
        if reader is None:
            return None
        db.execute("UPDATE signups SET subscriber = ? WHERE id = ?", [reader.id, row.id])
        return Errand(row.id, purpose, reader, row.attempts)

    def _asked(self, db: sqlite3.Connection, row: _Row) -> Subscriber:
        names = rows.split(row.newsletters)
        newcomer = Newcomer(Address(row.address, row.mailbox), names, language=row.language)
        at = datetime.fromisoformat(row.at)
        return ask(
            db, self._keys, newcomer, Consent(at, "asked", "form", row.wording, row.evidence, names)
        ).subscriber

    def _is_blocked(self, db: sqlite3.Connection, mailbox: str) -> bool:
        reason = suppressions.reason_of(db, self._keys, mailbox)
        return reason is not None and reason in _BLOCKED


_RECEIVE = """
INSERT INTO signups (purpose, address, mailbox, newsletters, language, wording, evidence, at, due, held)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DUE = """
SELECT id, purpose, address, mailbox, newsletters, language, wording, evidence, at, attempts,
    doubts, subscriber, state
FROM signups WHERE due <= ? ORDER BY due, id LIMIT ?
"""
_UNCONFIRMED = """
DELETE FROM subscribers WHERE state = 'unconfirmed' AND joined < ?1 AND NOT EXISTS (
    SELECT 1 FROM consents c WHERE c.subscriber = subscribers.id
    AND (c.act <> 'asked' OR c.how <> 'form' OR c.at >= ?1)
)
"""


def _values(wish: Wish, waits: bool) -> tuple[str | int, ...]:
    """What waits is due when it is too old."""
    who, names = wish.address, "\n".join(wish.newsletters)
    about = (names, wish.language, wish.wording, wish.evidence)
    due = wish.at + (_AGE + timedelta(minutes=1) if waits else timedelta(0))
    return (wish.purpose, who.address, who.mailbox, *about, rows.stamp(wish.at), int(due.timestamp()), waits)


def _purpose(row: _Row, reader: Subscriber | None) -> Purpose:
    """Who reads already needs no confirmation; who has not confirmed gets no other mail (S07)."""
    if reader is None:
        return row.purpose
    if reader.state == "confirmed":
        return "settings"
    return "confirm" if reader.state == "unconfirmed" else row.purpose


def _is_hopeless(row: _Row, reader: Subscriber | None) -> bool:
    """Nothing can come of it: settings of nobody, or a mail in doubt that is so once more."""
    doubted = row.state == "sending" and row.doubts >= _DOUBTS
    return doubted or (row.purpose == "settings" and reader is None)
