"""A proven verdict in; the evidence kept, and what it means for the reader done, in one transaction.

The same event counts once, however often it is read. Policy rejections are counted and change nothing: they
are about our mail (S13).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from publisher.audience.keys import Keys
from publisher.audience.subscriber import Consent, Subscriber
from publisher.bounces.event import Event
from publisher.bounces.soft import Patience, believed, gives_up
from publisher.bounces.verdict import Verdict
from publisher.store import reader_rows as rows
from publisher.store.ledger_file import exists, opened
from publisher.store.silencing import silence

Effect = Literal["bounced", "complained", "counted", "known", "gone", "unproven", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What came back of a reader's mails; the moments are aware."""

    kind: str
    source: str
    at: datetime
    status: str
    detail: str


class Bounces:
    """What came back, in an open ledger (None: there is none yet, so nobody's mail can come back).

    `rehearse`: everything is found out, and nothing kept.
    """

    def __init__(
        self, db: sqlite3.Connection | None, keys: Keys, patience: Patience, rehearse: bool = False
    ) -> None:
        self._db = db
        self._keys = keys
        self._patience = patience
        self._rehearse = rehearse

    def record(self, verdict: Verdict, how: str, now: datetime) -> Effect:
        """What the verdict means, done and on the disk. `how`: the way it came (`bounce`, `ses`).

        `gone`: the reader was forgotten. `known`: recorded before. `counted`: kept, nothing changed.
        Raises sqlite3.Error as SQLite does.
        """
        if not verdict.is_bounce_or_complaint:
            return "none"
        if verdict.returned is None:
            return "unproven"
        if self._db is None:
            return "gone"
        with self._transaction(self._db) as db:
            return self._apply(db, verdict.returned.subscriber, verdict, Consent(now, "bounced", how))

    def record_event(self, event: Event, mailbox: str, how: str, now: datetime) -> Effect:
        """As `record`, for what a mail service's call told; `mailbox` is its address in our form.

        The service has proven it, so the address will do where the envelope sender is not ours.
        """
        if self._db is None:
            return "gone"
        with self._transaction(self._db) as db:
            seen = db.execute(
                "INSERT INTO calls VALUES (?, ?) ON CONFLICT DO NOTHING", (event.id, rows.stamp(now))
            )
            if not seen.rowcount:
                return "known"
            if not event.verdict.is_bounce_or_complaint:
                return "none"
            of = event.verdict.returned
            reader = rows.by_id(db, of.subscriber) if of else rows.by_mailbox(db, mailbox)
            if reader is None:
                return "gone"
            return self._apply(db, reader.id, event.verdict, Consent(now, "bounced", how))

    def of(self, subscriber: int) -> tuple[Evidence, ...]:
        """The evidence on a reader, the oldest first."""
        if self._db is None:
            return ()
        found = self._db.execute(
            "SELECT kind, source, at, status, detail FROM returns WHERE subscriber = ? ORDER BY at, source",
            [subscriber],
        )
        return tuple(
            Evidence(kind, source, datetime.fromisoformat(at), *rest) for kind, source, at, *rest in found
        )

    @contextmanager
    def _transaction(self, db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("ROLLBACK" if self._rehearse else "COMMIT")

    def _apply(self, db: sqlite3.Connection, number: int, verdict: Verdict, consent: Consent) -> Effect:
        reader = rows.by_id(db, number)
        if reader is None:
            return "gone"
        at = believed(verdict.at, consent.at, self._patience)
        row = (number, verdict.source, verdict.kind, rows.stamp(at), rows.stamp(consent.at))
        kept = db.execute(
            "INSERT INTO returns (subscriber, source, kind, at, recorded, status, detail)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*row, verdict.status, verdict.detail),
        )
        if not kept.rowcount:
            return "known"
        if verdict.kind == "complaint":
            done = silence(db, self._keys, reader, "complained", _told(consent, verdict))
            return "complained" if done else "counted"
        if verdict.kind == "hard" or (verdict.kind == "soft" and self._is_lost(db, reader, consent.at)):
            done = silence(db, self._keys, reader, "bounced", _told(consent, verdict))
            return "bounced" if done else "counted"
        return "counted"

    def _is_lost(self, db: sqlite3.Connection, reader: Subscriber, now: datetime) -> bool:
        """Soft bounces from before the reader last agreed do not count: somebody read that mail."""
        (agreed,) = db.execute(
            "SELECT max(at) FROM consents WHERE subscriber = ? AND act = 'confirmed'", [reader.id]
        ).fetchone()
        found = db.execute(
            "SELECT at FROM returns WHERE subscriber = ? AND kind = 'soft' AND at >= ?",
            [reader.id, agreed or ""],
        )
        return gives_up(tuple(datetime.fromisoformat(at) for (at,) in found), now, self._patience)


def _told(consent: Consent, verdict: Verdict) -> Consent:
    act: Literal["bounced", "complained"] = "complained" if verdict.kind == "complaint" else "bounced"
    evidence = " ".join(filter(None, (verdict.source, verdict.kind, verdict.status, verdict.detail)))
    return Consent(consent.at, act, consent.how, "", evidence)


@contextmanager
def bounces_in(path: Path, keys: Keys, patience: Patience, rehearse: bool = False) -> Iterator[Bounces]:
    """The ledger at `path`, open for as long as the block runs. It is not made where there is none.

    Raises PublishError for a damaged one, Locked when another program keeps it for half a minute.
    """
    if not exists(path):
        yield Bounces(None, keys, patience, rehearse)
        return
    with opened(path) as db:
        yield Bounces(db, keys, patience, rehearse)
