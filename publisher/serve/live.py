"""Changes on disk -> new builds, and a word about each to every page that is open."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from publisher.serve.watch import changes, top_changes, watched
from publisher.serve.workshop import State, Workshop

_HEARTBEAT = 15.0  # seconds; proxies and browsers give up on what is silent for long
_SETTLED = 0.1  # seconds until a new folder is watched
_REST = 1.0  # seconds without a change before all pages are tried


class Live:
    """Keeps the workshop's state up to date while it runs, in one event loop."""

    def __init__(self, workshop: Workshop, root: Path, config: Path | None, theme: Path | None) -> None:
        self.workshop = workshop
        self._root = root.resolve()
        self._config = config.resolve() if config else None
        self._theme = theme
        self._news = asyncio.Condition()
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._sweeping: asyncio.Task[None] | None = None
        self._halt = threading.Event()
        self._watching: tuple[Path, ...] = ()

    async def start(self) -> None:
        """Begins to watch."""
        self._tasks = [asyncio.create_task(self._watch_top()), asyncio.create_task(self._watch_below())]
        self._sweep_later()

    async def stop(self) -> None:
        """Ends watching and all streams of events."""
        self._stop.set()
        self._halt.set()
        async with self._news:
            self._news.notify_all()
        for task in (*self._tasks, *((self._sweeping,) if self._sweeping else ())):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events (HTML Standard, section 9.2): the state now, then each new one."""
        told: State | None = None
        while not self._stop.is_set():
            state = self.workshop.state
            if state is not told:
                told = state
                yield f"event: state\ndata: {message(state)}\n\n"
                continue
            try:
                async with asyncio.timeout(_HEARTBEAT), self._news:
                    await self._news.wait()
            except TimeoutError:
                yield ":\n\n"

    async def _watch_below(self) -> None:
        """Watches anew when the configuration names other folders, or one of them appears or goes."""
        while not self._stop.is_set():
            folders = self._watching = self._folders()
            if not folders:
                await asyncio.sleep(0.2)
                continue
            async for found in changes(folders):
                await self._rebuild(found)
                if self._folders() != folders:
                    break

    async def _watch_top(self) -> None:
        folders = (self._root, *((self._config.parent,) if self._config else ()))
        async for found in top_changes(tuple(dict.fromkeys(folders)), self._relevant):
            await self._rebuild(found)
            # A folder that was made anew is another one, though it has the old one's name.
            if self._folders() != self._watching or not found.isdisjoint(self._watching):
                self._tasks[1].cancel()
                self._tasks[1] = asyncio.create_task(self._watch_below())
                # What was written before the new folder was watched has told nobody.
                await asyncio.sleep(_SETTLED)
                await self._rebuild(found)

    def _relevant(self, path: Path) -> bool:
        names = {"publish.toml", "pyproject.toml", "sources"}
        if place := self.workshop.place:
            names |= {place.publication.content.split("/")[0], place.publication.templates.split("/")[0]}
        return path == self._config or (path.parent == self._root and path.name in names)

    def _folders(self) -> tuple[Path, ...]:
        return watched(self._root, self.workshop.place, self._theme)

    async def _rebuild(self, changed: frozenset[Path]) -> None:
        """Articles alone do not call for a sweep: what may be wrong with them, the build itself finds."""
        self._halt.set()
        await asyncio.to_thread(self.workshop.build, changed)
        await self._tell()
        place = self.workshop.place
        content = place.content.resolve() if place else self._root
        if not all(path.is_relative_to(content) for path in changed):
            self._sweep_later()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _sweep_later(self) -> None:
        if self._sweeping:
            self._sweeping.cancel()
        self._halt = threading.Event()
        self._sweeping = asyncio.create_task(self._sweep(self._halt))

    async def _sweep(self, halt: threading.Event) -> None:
        """Once it is quiet, tries the pages that nobody has asked for."""
        await asyncio.sleep(_REST)
        state = self.workshop.state
        if await asyncio.to_thread(self.workshop.sweep, state, halt) is not state:
            await self._tell()


def message(state: State) -> str:
    """`{"version": 3, "problems": [{"where": …, "message": …, "hint": …}]}` on one line."""
    problems = [{"where": p.where, "message": p.message, "hint": p.hint} for p in state.problems]
    return json.dumps({"version": state.version, "problems": problems}, ensure_ascii=False)
