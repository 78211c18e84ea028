"""A mailbox in, whether no mail may go there out. Only a keyed hash is kept (HMAC), no address.

So a reader can be forgotten and is still left alone. Marks made with older keys keep counting.
"""

import sqlite3
from datetime import UTC, datetime

from publisher.audience.keys import Keys
from publisher.audience.subscriber import Reason

_PURPOSE = "suppression"


def mark(keys: Keys, mailbox: str, key: str = "") -> bytes:
    """16 bytes that stand for a mailbox; without the key nobody can tell for which."""
    return keys.prove(_PURPOSE, mailbox.encode(), key)


def suppress(db: sqlite3.Connection, keys: Keys, mailbox: str, reason: Reason, at: datetime) -> None:
    """From now on nothing goes there. A mark of an older key is replaced by one of the current key."""
    lift(db, keys, mailbox)
    row = (mark(keys, mailbox), keys.current, reason, at.astimezone(UTC).isoformat())
    db.execute("INSERT INTO suppressions (mark, key, reason, at) VALUES (?, ?, ?, ?)", row)


def lift(db: sqlite3.Connection, keys: Keys, mailbox: str) -> bool:
    """Mail may go there again; whether it might not before."""
    marks = _marks(keys, mailbox)
    found = db.execute(f"DELETE FROM suppressions WHERE mark IN ({_places(marks)})", marks)  # noqa: S608  (only ?)
    return found.rowcount > 0


def reason_of(db: sqlite3.Connection, keys: Keys, mailbox: str) -> Reason | None:
    """Why nothing may go there; None where something may."""
    marks = _marks(keys, mailbox)
    found = db.execute(f"SELECT reason FROM suppressions WHERE mark IN ({_places(marks)})", marks)  # noqa: S608
    row = found.fetchone()
    return row[0] if row else None


def _marks(keys: Keys, mailbox: str) -> list[bytes]:
    return [mark(keys, mailbox, key) for key in keys.secrets]


def _places(values: list[bytes]) -> str:
    return ", ".join("?" * len(values))
