"""Sign-ups as they come in, in -> which of them wait until a burst of them is over, out (S09).

Counted are all that came within an hour, and those of each domain, of which half as many are usual. What is
counted is in the ledger: no restart begins anew. Who waits is let go when there is room within the hour
again, the first that came first; nobody waits for longer than a mail is still expected.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publisher.store.ledger_file import exists
from publisher.store.transactions import reading, writing

_SLOT = 300  # seconds
_HOUR = 3_600 // _SLOT  # slots before the present one that count, too


def counted_in(db: sqlite3.Connection, mailbox: str, at: datetime, burst: int) -> bool:
    """Counts a sign-up that came in; whether it has to wait. `burst` 0: never."""
    domain, slot = _domain(mailbox), _slot(at)
    waits = min(_room(db, burst, slot), _room(db, burst, slot, domain)) < 1 if burst else False
    _count(db, Counter({"": 1, domain: 1}), slot)
    return waits


@dataclass(frozen=True, slots=True)
class Held:
    """The sign-ups that wait in the ledger at `path`. Raises PublishError and Locked as `Signups` does."""

    path: Path

    def by_domain(self) -> Mapping[str, int]:
        """How many wait, the domain with the most of them first."""
        if not exists(self.path):
            return {}
        with reading(self.path) as db:
            found = Counter(_domain(mailbox) for _, mailbox in db.execute(_HELD))
        return dict(found.most_common())

    def ease(self, now: datetime, burst: int) -> int:
        """Lets go those for whom there is room; how many."""
        if not self.by_domain():
            return 0
        slot = _slot(now)
        with writing(self.path) as db:
            db.execute("DELETE FROM arrivals WHERE slot < ?", [slot - _HOUR])
            rows = db.execute(_HELD).fetchall()
            going = [number for number, _ in rows] if not burst else _going(db, rows, burst, slot)
            _let_go(db, going, now)
            return len(going)

    def release(self, now: datetime, domain: str = "") -> int:
        """Lets go all, or all of a domain, whatever else comes; how many."""
        with writing(self.path) as db:
            going = [number for number, mailbox in db.execute(_HELD) if domain in {"", _domain(mailbox)}]
            _let_go(db, going, now)
            return len(going)

    def drop(self, domain: str = "") -> int:
        """Forgets all, or all of a domain; how many."""
        with writing(self.path) as db:
            found = db.execute(_HELD).fetchall()
            gone = [(number,) for number, mailbox in found if domain in {"", _domain(mailbox)}]
            db.executemany("DELETE FROM signups WHERE id = ?", gone)
            return len(gone)


_HELD = "SELECT id, mailbox FROM signups WHERE held ORDER BY id"


def _going(db: sqlite3.Connection, rows: list[tuple[int, str]], burst: int, slot: int) -> list[int]:
    room, rooms, going = _room(db, burst, slot), dict[str, int](), list[int]()
    for number, mailbox in rows:
        if len(going) >= room:
            break
        domain = _domain(mailbox)
        left = rooms.setdefault(domain, _room(db, burst, slot, domain))
        if left > 0:
            rooms[domain] = left - 1
            going.append(number)
            _count(db, Counter({"": 1, domain: 1}), slot)
    return going


def _let_go(db: sqlite3.Connection, numbers: list[int], now: datetime) -> None:
    due = int(now.timestamp())
    db.executemany("UPDATE signups SET held = 0, due = ? WHERE id = ?", [(due, each) for each in numbers])


def _room(db: sqlite3.Connection, burst: int, slot: int, domain: str = "") -> int:
    """How many more there may be within the hour; below 0 where there were too many."""
    slots = [*range(slot - _HOUR, slot + 1)]
    places = ", ".join("?" * len(slots))
    found = db.execute(
        f"SELECT coalesce(sum(count), 0) FROM arrivals WHERE slot IN ({places}) AND domain = ?",  # noqa: S608  (only ?)
        [*slots, domain],
    )
    (came,) = found.fetchone()
    return (max(1, burst // 2) if domain else burst) - int(came)


def _count(db: sqlite3.Connection, came: Counter[str], slot: int) -> None:
    db.executemany(
        "INSERT INTO arrivals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(slot, domain, count) for domain, count in came.items()],
    )


def _slot(at: datetime) -> int:
    return int(at.timestamp()) // _SLOT


def _domain(mailbox: str) -> str:
    return mailbox.rpartition("@")[2]
