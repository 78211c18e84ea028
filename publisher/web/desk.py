"""Acts on the ledger in, done in threads so that nothing keeps the event loop; their results out.

One thread writes. Sign-ups that come in while it waits for the disk go together into its next transaction.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from publisher.audience.keys import Keys
from publisher.errors import Locked
from publisher.store.ledger_file import opened
from publisher.store.roster import Roster
from publisher.store.signups import Signups, Wish
from publisher.store.subscribers import Subscribers

T = TypeVar("T")
_AGAIN = (0.2, 0.5)  # seconds between tries, each of which waits for other programs by itself


class Desk:
    """The ledger at `path` as the endpoint uses it. `held` counts the sign-ups that had to wait so far."""

    def __init__(self, path: Path, keys: Keys, burst: int) -> None:
        self.path = path
        self.signups = Signups(path, keys, burst)
        self.held = 0
        self.subscribers = Subscribers(path, keys)
        self.roster = Roster(path)
        self.arrived = asyncio.Event()
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(3, "reader")
        self._waiting: list[tuple[Wish, asyncio.Future[None]]] = []
        self._keeper: asyncio.Task[None] | None = None
        self._held = ExitStack()

    async def open(self) -> None:
        """One connection stays open: else each act that is the last to close would clear up the log."""
        await self.act(lambda: self._held.enter_context(opened(self.path)))

    async def act(self, function: Callable[[], T]) -> T:
        """What changes the ledger, after all that was to be done before. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, _patiently, function)

    async def look(self, function: Callable[[], T]) -> T:
        """What only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, _patiently, function)

    async def receive(self, wish: Wish) -> None:
        """Returns when the wish is on the disk. Raises PublishError."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((wish, kept))
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())
        await kept

    async def close(self) -> None:
        """Ends when everything is written."""
        if self._keeper is not None:
            await self._keeper
        await self.act(self._held.close)
        self._writer.shutdown()
        self._readers.shutdown()

    async def _keep(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            wishes = [wish for wish, _ in batch]
            try:
                self.held += await self.act(lambda wishes=wishes: self.signups.receive(wishes))  # type: ignore[misc]  # bound early
            except Exception as error:  # whoever waits for it gets it
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
            else:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_result(None)
                self.arrived.set()
        self._keeper = None


def _patiently(function: Callable[[], T]) -> T:
    for pause in _AGAIN:
        try:
            return function()
        except Locked:
            time.sleep(pause)
    return function()
