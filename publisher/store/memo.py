"""Keys of the one remembered function in, its packed values out: `.publish/memo.sqlite`.

It may be deleted at any time. Whatever is wrong with the file, it is begun anew; if that fails too,
nothing is remembered. No method raises for any of it.
"""

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from weakref import finalize

_VERSION = 1
_BATCH = 500  # the lowest limit on the parameters of a statement that SQLite has ever had is 999
_SPARE = 64
_SCHEMA = f"""
PRAGMA auto_vacuum = FULL;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS memo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE,
    checksum INTEGER NOT NULL,
    value BLOB NOT NULL
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
# Another process, the disk or the rights are at fault: deleting the file would not help, or harm.
_NOT_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
    }
)
_T = TypeVar("_T")


class Memo:
    """Remembered values. Use it in a `with` block; one process at a time writes.

    A row has a checksum over key and value, since SQLite does not notice a flipped bit.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._given_up = False

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values that are remembered, by key."""
        wanted = list(dict.fromkeys(keys))
        return self._try(lambda db: _select(db, wanted)) or {} if self._path.exists() else {}

    def put_many(self, items: Mapping[bytes, bytes]) -> None:
        """Remembers values; all or, if it is killed, none of them."""
        rows = [(key, _checksum(key, value), value) for key, value in items.items()]
        if rows:
            self._try(lambda db: _insert(db, rows))

    def prune(self, used: Collection[bytes]) -> None:
        """Forgets the oldest of what the last build did not use, as soon as that is more than it used."""
        if self._path.exists():
            self._try(lambda db: _forget(db, frozenset(used)))

    def close(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _try(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        for _ in range(2):
            if self._given_up:
                break
            try:
                if self._db is None:
                    self._db = _connect(self._path)
                    finalize(self, self._db.close)
                return work(self._db)
            except (sqlite3.Error, OSError, ValueError, TypeError, MemoryError) as error:
                self.close()
                self._given_up = getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_THE_FILE
                if not self._given_up:
                    self._begin_anew()
        self._given_up = True
        return None

    def _begin_anew(self) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # One thread works with it, but whichever lets go of it closes it.
    db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    try:
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    # Losing the memo in a power cut costs a slower build, waiting for the disk each one.
    db.execute("PRAGMA synchronous = OFF")
    if version == 0:
        db.executescript(_SCHEMA)
    elif version != _VERSION:
        raise sqlite3.DatabaseError("of another version")


def _select(db: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        rows = db.execute(f"SELECT key, checksum, value FROM memo WHERE key IN ({marks})", batch)  # noqa: S608 - only marks
        found |= {key: value for key, checksum, value in rows if _sound(key, checksum, value)}
    return found


def _sound(key: object, checksum: object, value: object) -> bool:
    return isinstance(key, bytes) and isinstance(value, bytes) and checksum == _checksum(key, value)


def _insert(db: sqlite3.Connection, rows: list[tuple[bytes, int, bytes]]) -> None:
    with _transaction(db):
        db.executemany("INSERT OR REPLACE INTO memo (key, checksum, value) VALUES (?, ?, ?)", rows)


def _forget(db: sqlite3.Connection, used: frozenset[bytes]) -> None:
    # Asked for in no order, it reads the index alone.
    unused = sorted(row for row, key in db.execute("SELECT id, key FROM memo") if key not in used)
    surplus = unused[: max(0, len(unused) - max(len(used), _SPARE))]
    if surplus:
        with _transaction(db):
            db.executemany("DELETE FROM memo WHERE id = ?", [(row,) for row in surplus])


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Whoever leaves with an error closes the connection, which takes the whole back."""
    db.execute("BEGIN IMMEDIATE")
    yield
    db.execute("COMMIT")


def _checksum(key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key))
