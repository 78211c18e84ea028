"""Marks from many connections in, written to the ledger a batch at a time; nobody goes on before his is safe.

What comes in while one batch goes to the disk is the next: the more connections, the fewer waits for each.
A row in `sending` is on the disk before the final dot leaves, so that neither a kill nor a power failure can
make a second copy. That is what `synchronous = FULL` does in WAL mode, a commit and then fdatasync of the log
(sqlite.org/pragma.html#pragma_synchronous); here the second half happens in a thread, and the event loop runs
on. The statements themselves take some ten microseconds a row and stay in the loop's thread: handing each of
them over cost more than it does.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

from publisher.errors import Locked
from publisher.store.atomic import sync_folder
from publisher.store.deliveries import Mark, write_marks
from publisher.store.failures import naming
from publisher.store.ledger_file import PATIENCE, translated

_TRIES = 4  # to write what is known already: a disk may be full for a moment
_BETWEEN = 0.5  # seconds
_GATHER = 0.002  # seconds in which others may join a transaction
_LINGER = 0.01  # seconds that an answer may wait to be written
_PATIENCE = 60.0  # seconds; an import of many readers holds the ledger for long
_NAP = 0.01
_MARKS = 1_000  # after so many the log is worked into the ledger, so that it stays small


class _Entry(NamedTuple):
    mark: Mark
    done: Callable[[bool], None] | None
    safe: "asyncio.Future[bool] | None"


class Booking:
    """Takes marks; see `booking`."""

    def __init__(self, store: "_Store", lost: list[Mark]) -> None:
        self._store = store
        self._waiting: list[_Entry] = []
        self._bell = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False
        self._fault: Exception | None = None
        self._tries = 0
        self._lost = lost

    async def write(self, mark: Mark) -> bool:
        """Returns when the mark is on the disk: whether it fitted its row. Raises PublishError.

        After one write has failed no other is tried: nothing new may begin.
        """
        if self._fault:
            raise self._fault
        safe: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Entry(mark, None, safe))
        self._bell.set()
        return await safe

    def note(self, mark: Mark, done: Callable[[bool], None]) -> None:
        """Has the mark written before any that comes later; `done` is called with whether it fitted.

        It goes along with the next that somebody waits for, which saves half of the transactions.
        """
        self._waiting.append(_Entry(mark, done, None))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_LINGER, self._ring)

    def close(self) -> None:
        """Ends `keep`, once nothing is left to be written."""
        self._closing = True
        self._bell.set()

    async def keep(self) -> None:
        """Writes until it is closed."""
        while self._waiting or not self._closing:
            if not self._closing:
                await self._bell.wait()
                self._bell.clear()
                await asyncio.sleep(_GATHER)
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            try:
                fitted = await self._store.put([entry.mark for entry in batch])
            except Exception as error:  # whoever waits for it gets it
                await self._failed(batch, error)
            else:
                for entry, fits in zip(batch, fitted, strict=True):
                    _tell(entry, fits)

    def _ring(self) -> None:
        self._timer = None
        self._bell.set()

    async def _failed(self, batch: list[_Entry], error: Exception) -> None:
        self._fault = self._fault or error
        self._tries += 1
        known = [entry for entry in batch if entry.safe is None]
        for entry in batch:
            if entry.safe is not None and not entry.safe.done():
                entry.safe.set_exception(error)
        if self._tries < _TRIES:
            await asyncio.sleep(_BETWEEN)
            self._waiting = known + self._waiting
            self._bell.set()
            return
        self._lost += [entry.mark for entry in known]
        for entry in known:
            _tell(entry, False)


class _Store:
    """A ledger's connection, its log, and the thread that waits for the disk."""

    def __init__(self, path: Path, db: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._path = path
        self._db = db
        self._thread = thread
        self._log = -1
        self._since = 0

    async def put(self, marks: list[Mark]) -> list[bool]:
        """Returns when they are on the disk. Raises PublishError; Locked after a minute."""
        loop = asyncio.get_running_loop()
        end = loop.time() + _PATIENCE
        while True:
            try:
                with translated(self._path):
                    fitted = write_marks(self._db, marks)
                break
            except Locked:
                if loop.time() > end:
                    raise
                await asyncio.sleep(_NAP)
        self._since += len(marks)
        await loop.run_in_executor(self._thread, self._sync)
        return fitted

    def _sync(self) -> None:
        with naming(self._path, "write the ledger"):
            if self._log < 0:
                # The same file as long as a connection is open; SQLite makes a new one for the next.
                self._log = os.open(f"{self._path}-wal", os.O_RDONLY | os.O_CLOEXEC)
                sync_folder(self._path.parent)
            os.fdatasync(self._log)
        if self._since >= _MARKS:
            self._since = 0
            with translated(self._path), closing(sqlite3.connect(self._path)) as db:
                db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        if self._log >= 0:
            os.close(self._log)


@asynccontextmanager
async def booking(path: Path, db: sqlite3.Connection, lost: list[Mark]) -> AsyncIterator[Booking]:
    """A Booking for the ledger at `path`, which `db` has open. At the end everything has been written that
    can be; the rest of what was known of mails is in `lost`.
    """
    for rule in ("synchronous = NORMAL", "busy_timeout = 0", "wal_autocheckpoint = 0"):
        db.execute(f"PRAGMA {rule}")
    with ThreadPoolExecutor(1, "ledger") as thread:
        store = _Store(path, db, thread)
        book = Booking(store, lost)
        keeper = asyncio.create_task(book.keep())
        try:
            yield book
        finally:
            book.close()
            await keeper
            store.close()
            for rule in (
                "synchronous = FULL",
                f"busy_timeout = {PATIENCE * 1_000:.0f}",
                "wal_autocheckpoint = 1000",
            ):
                db.execute(f"PRAGMA {rule}")


def _tell(entry: _Entry, fits: bool) -> None:
    if entry.done is not None:
        entry.done(fits)
    if entry.safe is not None and not entry.safe.done():
        entry.safe.set_result(fits)
