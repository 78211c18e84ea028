"""The ledger's file: made, opened, checked and migrated. It is precious.

It is migrated by numbered steps after a copy was made; one that is damaged, or newer than this program,
is never written to.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from publisher.errors import Locked, PublishError
from publisher.store.atomic import sync_folder
from publisher.store.audience_schema import NEWSLETTER
from publisher.store.bounces_schema import BOUNCES
from publisher.store.failures import naming
from publisher.store.published_schema import PUBLISHED
from publisher.store.signups_schema import HELD, SIGNUPS

_APPLICATION = 0x5055424C  # "PUBL", in the header of the file (sqlite.org/pragma.html#pragma_application_id)
PATIENCE = 30.0  # seconds; so long a large import may take to merge
# Up to here looking through the whole ledger takes milliseconds; a million readers would take seconds.
_LOOKED_THROUGH = 8_000_000  # bytes
_SOUND: dict[Path, tuple[int, int, int]] = {}  # files that this program has looked through, as they were then
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}

# Append only: a step that was released is never changed. Each is a tuple of statements.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE issues (
            newsletter TEXT NOT NULL,
            day TEXT NOT NULL,
            since TEXT,
            until TEXT NOT NULL,
            frozen_at TEXT NOT NULL,
            articles TEXT NOT NULL,
            UNIQUE (newsletter, day)
        )
        """,
    ),
    NEWSLETTER,
    PUBLISHED,
    BOUNCES,
    SIGNUPS,
    HELD,
)


def exists(path: Path) -> bool:
    """Raises PublishError if only the ledger's log is left: SQLite would play it into the next ledger."""
    if path.exists():
        return True
    if (log := path.with_name(f"{path.name}-wal")).exists():
        hint = "put the ledger back beside it, or move it away to begin anew"
        raise PublishError(str(log), "a part of a ledger whose file is gone", hint)
    return False


def create(path: Path) -> None:
    """Under another name first: an empty ledger at `path` is always damage, never a beginning."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    with naming(path, "make the ledger"):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        try:
            with translated(path), closing(_connect(fresh, "rwc")) as db:
                db.execute(f"PRAGMA application_id = {_APPLICATION}")
                _migrate(db, 0)
                db.execute("PRAGMA journal_mode = WAL")
            fresh.chmod(0o600)  # it holds who reads what
            with suppress(FileExistsError):  # another process was first, and may have written to it
                os.link(fresh, path)
            sync_folder(path.parent)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the ledger, checked and migrated; statements commit as they go.

    A small ledger is looked through first; in a large one damage shows when SQLite comes upon it.
    Raises PublishError for damage and a newer version, Locked after half a minute of waiting for
    another.
    """
    with translated(path), closing(_connect(path, "rw")) as db:
        version = check(path, db)
        if version < len(MIGRATIONS):
            _back_up(path, db, version)
            _migrate(db, version)
        # A backup is a file without a log, and one that was put back has none until it is told so.
        db.execute("PRAGMA journal_mode = WAL")
        yield db


def check(path: Path, db: sqlite3.Connection) -> int:
    """The version of a sound ledger. Raises PublishError for damage and a newer version."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION or version < 1:
        raise damaged(path)
    if version > len(MIGRATIONS):
        message = f"the ledger is of version {version}, this program knows {len(MIGRATIONS)}"
        raise PublishError(str(path), message, "update publish")
    state = path.stat()
    seen = (state.st_ino, state.st_mtime_ns, state.st_size)
    if state.st_size <= _LOOKED_THROUGH and _SOUND.get(path) != seen:
        if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged(path)
        _SOUND[path] = seen
    return int(version)


def _back_up(path: Path, db: sqlite3.Connection, version: int) -> None:
    copy = path.with_name(f"{path.name}.v{version}")
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}.new")
    with naming(copy, "back up the ledger"):
        try:
            with closing(sqlite3.connect(fresh)) as target:
                fresh.chmod(0o600)
                db.backup(target)
            fresh.replace(copy)
            sync_folder(copy.parent)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into the author's."""
    try:
        yield
    except UnicodeDecodeError as error:  # what Python makes of a text that is not UTF-8
        raise damaged(path) from error
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        # Without a code it is Python that cannot read what SQLite found.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            message = "another program uses the ledger, and did not let go of it in half a minute"
            raise Locked(str(path), message, "run this again when that is done") from error
        if code in _DISK:
            raise PublishError(str(path), f"the ledger: {error}", "check disk and rights") from error
        if code in _DAMAGE:
            raise damaged(path) from error
        raise


def damaged(path: Path) -> PublishError:
    """What to tell of a ledger that cannot be one of ours."""
    hint = f"move it away and put a backup in its place ({path.name}.v*, or your own)"
    return PublishError(str(path), "the ledger is damaged, or is something else", hint)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """`rw` does not make a file; `rwc` does."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", timeout=PATIENCE, isolation_level=None, uri=True
    )
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")  # who asks to be forgotten is not left in free pages
    return db


def _migrate(db: sqlite3.Connection, version: int) -> None:
    """Each step in a transaction of its own, unless another process has done it meanwhile."""
    for number, step in enumerate(MIGRATIONS[version:], version + 1):
        db.execute("BEGIN IMMEDIATE")
        if db.execute("PRAGMA user_version").fetchone() == (number - 1,):
            for statement in step:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
