"""A ledger in, one transaction on it out: what it changes is there as a whole or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publisher.store.ledger_file import create, exists, opened


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The only writer of the ledger for as long as the block runs; the ledger is made if there is none.

    What the block did is on the disk when it ends, and undone when it raises. Raises PublishError, or
    Locked, as `ledger_file.opened` does.
    """
    if not exists(path):
        create(path)
    with opened(path) as db:
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")


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
