"""The ledger -> the issues that can be sent: frozen, with a mail, and not superseded."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An issue as far as sending goes. `open`: it has readers who wait, or of whom nobody knows.

    `enrolled`: its readers are fixed. `mailed`: it has a mail that may be sent.
    """

    id: int
    newsletter: str
    day: date
    frozen_at: datetime
    superseded: bool
    enrolled: bool
    mailed: bool
    open: bool

    @property
    def name(self) -> str:
        return f"{self.newsletter} {self.day}"


def outgoing(db: sqlite3.Connection) -> tuple[Outgoing, ...]:
    """All issues, by newsletter, the oldest first: by when they were made, as a clock may have been ahead."""
    return tuple(
        Outgoing(number, newsletter, date.fromisoformat(day), datetime.fromisoformat(at), *map(bool, flags))
        for number, newsletter, day, at, *flags, _ in sorted(db.execute(_ISSUES), key=_made)
    )


def _made(row: tuple[Any, ...]) -> tuple[str, datetime, int]:
    return row[1], datetime.fromisoformat(row[-1]), row[0]


_ISSUES = """
SELECT i.id, i.newsletter, i.day, i.frozen_at, i.superseded_at IS NOT NULL, i.enrolled_at IS NOT NULL,
    EXISTS (SELECT 1 FROM letters WHERE issue = i.id AND length(message) > 0),
    EXISTS (SELECT 1 FROM deliveries WHERE issue = i.id AND state IN ('pending', 'deferred'))
        OR EXISTS (SELECT 1 FROM deliveries WHERE issue = i.id AND state IN ('sending', 'unknown')), i.until
FROM issues i
"""


def frozen_mail(db: sqlite3.Connection, issue: int) -> bytes:
    """The issue's mail, with marks for what is a reader's."""
    (message,) = db.execute("SELECT message FROM letters WHERE issue = ?", [issue]).fetchone()
    return bytes(message)


def readers_of(db: sqlite3.Connection, newsletter: str) -> int:
    """How many readers an issue of the newsletter would have, if it was sent now."""
    (number,) = db.execute(
        "SELECT count(*) FROM subscriptions n JOIN subscribers s ON s.id = n.subscriber"
        " WHERE n.newsletter = ? AND s.state = 'confirmed'",
        [newsletter],
    ).fetchone()
    return int(number)
