"""A ledger whose issues were made while a clock was ahead, and the right moment -> issues of that moment."""

import sqlite3
from datetime import datetime
from pathlib import Path

from publisher.store.ledger_file import exists
from publisher.store.transactions import writing

_OF = "SELECT id, until, handed_at IS NULL AND superseded_at IS NULL FROM issues WHERE newsletter = ?"
_MEND = "UPDATE issues SET until = ?1, handed_at = iif(handed_at IS NULL, NULL, ?1) WHERE id = ?2"


def mend_clock(path: Path, newsletter: str, now: datetime) -> int:
    """Issues of the newsletter that are later than `now` (aware) count as made then; how many there were.

    Those that have not gone out are taken out again. The others keep their words and their day, as their
    readers' links lead to it. Raises PublishError, or Locked, as `ledger_file.opened`.
    """
    if not exists(path):
        return 0
    with writing(path) as db:
        late = [row for row in db.execute(_OF, [newsletter]) if datetime.fromisoformat(row[1]) > now]
        for number, _, is_waiting in late:
            if is_waiting:
                _withdraw(db, number)
            else:
                db.execute(_MEND, [now.isoformat(), number])
    return len(late)


def _withdraw(db: sqlite3.Connection, issue: int) -> None:
    db.execute("DELETE FROM letters WHERE issue = ?", [issue])
    db.execute("DELETE FROM issues WHERE id = ?", [issue])
