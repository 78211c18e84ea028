"""A ledger in, one transaction on it out: what it changes is there as a whole or not at all."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publisher.store.ledger_file import PATIENCE, create, exists, opened


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The only writer of the ledger for as long as the block runs; the ledger is made if there is none.

    What the block did is on the disk when it ends, and undone when it raises. Raises PublishError as
    `ledger_file.opened` does.
    """
    if not exists(path):
        create(path)
    with opened(path) as db:
        _begin(db)
        yield db
        db.execute("COMMIT")


def _begin(db: sqlite3.Connection) -> None:
    """Becomes the writer, within half a minute.

    SQLite's own waiting sleeps up to a tenth of a second: it never finds the gaps between the transactions
    of a program that sends to many readers at once.
    """
    (patience,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(random.uniform(0.0003, 0.001))  # noqa: S311  (so that several do not wake at once)
    db.execute(f"PRAGMA busy_timeout = {patience}")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger as it is at one moment, whatever others write meanwhile. There has to be one."""
    with opened(path) as db:
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")


def forget_log(path: Path) -> None:
    """Takes what was erased out of the ledger's log, too, unless others are using it just now."""
    with opened(path) as db:
        db.execute("PRAGMA busy_timeout = 100")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
