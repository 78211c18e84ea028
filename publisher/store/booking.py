"""Marks from many connections in, written to the ledger a batch at a time; nobody goes on before his is safe.

One thread writes while the event loop runs on. What comes in while it waits for the disk goes together into
its next transaction: the more connections, the fewer waits for each. `synchronous = FULL` means that a row
in `sending` is on the disk before the final dot leaves, so that neither a kill nor a power failure can make
a second copy; it costs a few milliseconds a transaction where the disk is slow, and no processor time.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from publisher.store.deliveries import Mark, write_marks
from publisher.store.ledger_file import opened, translated

Write = Callable[[list[Mark]], list[bool]]
_TRIES = 4  # to write what is known already: a disk may be full for a moment
_BETWEEN = 0.5  # seconds
_LINGER = 0.01  # seconds that an answer may wait to be written
_PATIENCE = 60_000  # milliseconds; an import of many readers holds the ledger for long


class _Entry(NamedTuple):
    mark: Mark
    done: Callable[[bool], None] | None
    safe: "asyncio.Future[bool] | None"


class Booking:
    """Takes marks; see `booking`."""

    def __init__(self, write: Write, thread: ThreadPoolExecutor, lost: list[Mark]) -> None:
        self._put = write
        self._thread = thread
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

    def _ring(self) -> None:
        self._timer = None
        self._bell.set()

    def close(self) -> None:
        """Ends `keep`, once nothing is left to be written."""
        self._closing = True
        self._bell.set()

    async def keep(self) -> None:
        """Writes until it is closed."""
        loop = asyncio.get_running_loop()
        while self._waiting or not self._closing:
            if not self._closing:
                await self._bell.wait()
                self._bell.clear()
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            try:
                fitted = await loop.run_in_executor(self._thread, self._put, [entry.mark for entry in batch])
            except Exception as error:  # whoever waits for it gets it
                await self._failed(batch, error)
            else:
                for entry, fits in zip(batch, fitted, strict=True):
                    _tell(entry, fits)

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


@asynccontextmanager
async def booking(path: Path, lost: list[Mark]) -> AsyncIterator[Booking]:
    """A Booking for the ledger at `path`. At the end everything has been written that can be; the rest of
    what was known of mails is in `lost`.
    """
    loop, stack = asyncio.get_running_loop(), ExitStack()
    with ThreadPoolExecutor(1, "ledger") as thread:
        write = await loop.run_in_executor(thread, _writer, path, stack)
        book = Booking(write, thread, lost)
        keeper = asyncio.create_task(book.keep())
        try:
            yield book
        finally:
            book.close()
            await keeper
            await loop.run_in_executor(thread, stack.close)


def _writer(path: Path, stack: ExitStack) -> Write:
    """Everything about the connection happens in the one thread that runs this."""
    db: sqlite3.Connection = stack.enter_context(opened(path))
    db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")

    def write(marks: list[Mark]) -> list[bool]:
        with translated(path):
            return write_marks(db, marks)

    return write


def _tell(entry: _Entry, fits: bool) -> None:
    if entry.done is not None:
        entry.done(fits)
    if entry.safe is not None and not entry.safe.done():
        entry.safe.set_result(fits)
