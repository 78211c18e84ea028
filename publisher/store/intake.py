"""A list of readers in, the readers in the ledger out: all of them in one transaction, or none."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher.audience.keys import Keys
from publisher.audience.listed import Listed
from publisher.store import intake_sql as sql
from publisher.store.ledger_file import create, exists, opened
from publisher.store.reader_rows import stamp
from publisher.store.suppressions import mark


@dataclass(frozen=True, slots=True)
class Vow:
    """What the publication says of a whole list: `confirmed`, that it can prove that the readers agreed to
    `wording` (where a line has none of its own). `file` names the list in their records, `now` (aware) dates
    what the list does not.
    """

    file: str
    now: datetime
    confirmed: bool = False
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the readers in a list, and how many lines were about one that another was about, too.

    `held`: they want no mail, and the list does not change that. `silenced`: the list says that they left.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0
    silenced: int = 0
    repeated: int = 0


def merge(
    path: Path, keys: Keys, lines: Iterable[tuple[int, Listed]], vow: Vow, *, dry_run: bool = False
) -> Merged:
    """Brings the lines, with their numbers, into the ledger at `path`; `dry_run` only counts.

    An error while `lines` are read leaves everything as it was. Raises PublishError, or Locked, as
    `ledger_file.opened` does.
    """
    with _ledger(path, dry_run) as db:
        for statement in sql.STAGE:
            db.execute(statement)
        db.execute("BEGIN")  # of the temporary tables; the ledger is not locked yet
        repeated = _stage(db, keys, lines, vow)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        values = {"now": stamp(vow.now), "file": vow.file, "wording": vow.wording, "key": keys.current}
        for statement in (*sql.PLAN, *sql.MERGE):
            db.execute(statement, values)
        counts: dict[str, int] = dict(db.execute(sql.COUNT).fetchall())
        db.execute("ROLLBACK" if dry_run else "COMMIT")
        return Merged(**counts, repeated=repeated)


@contextmanager
def _ledger(path: Path, dry_run: bool) -> Iterator[sqlite3.Connection]:
    """A dry run makes no ledger: it looks at an empty one."""
    with TemporaryDirectory() as folder:
        if not exists(path):
            path = Path(folder) / path.name if dry_run else path
            create(path)
        with opened(path) as db:
            db.execute("PRAGMA temp_store = FILE")
            yield db


def _stage(db: sqlite3.Connection, keys: Keys, lines: Iterable[tuple[int, Listed]], vow: Vow) -> int:
    """Puts the lines into the temporary tables; how many of them were about one that was there."""
    repeated = 0
    for number, listed in lines:
        ((line,),) = db.execute(sql.LINE, _row(number, listed, vow)).fetchall()
        repeated += line != number
        chosen = [(line, name, 0) for name in listed.newcomer.newsletters]
        db.executemany(sql.NEWSLETTER, [*chosen, *((line, name, 1) for name in listed.departed)])
        mailbox = listed.newcomer.address.mailbox
        if line == number:
            db.executemany(sql.MARK, [(line, key, mark(keys, mailbox, key)) for key in keys.secrets])
    return repeated


def _row(number: int, listed: Listed, vow: Vow) -> tuple[int | str | None, ...]:
    who = listed.newcomer
    rank = sql.RANKS.index(listed.state)
    if listed.state == "confirmed" and not vow.confirmed:
        rank = sql.RANKS.index("unconfirmed")
    moments = (stamp(at) if at else None for at in (listed.joined, listed.agreed, listed.left))
    about = (who.name, who.language, who.time_zone, listed.wording)
    return (number, who.address.address, who.address.mailbox, rank, *moments, *about)
