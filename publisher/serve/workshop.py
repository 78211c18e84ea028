"""A publication's folder, looked at again and again -> the latest state of its preview."""

import gc
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publisher.errors import Problems, PublishError
from publisher.serve.snapshot import File, Snapshot, take
from publisher.work.compiling import Progress, compile_all
from publisher.work.kept import Kept
from publisher.work.place import Place, open_place, with_content
from publisher.work.site import Choice, make_site

_PAUSE = 0.004  # seconds between two pages of a sweep
_MADE_BY_TEMPLATES = (".html", ".xml")  # pictures take long, and have no mistakes that a save mends


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which publication to show, and what of it."""

    root: Path
    config: Path | None
    environment: Mapping[str, str]
    drafts: bool = True
    future: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """`version` counts what was built; `snapshot` is the last good one; `problems` came after it."""

    version: int = 0
    snapshot: Snapshot | None = None
    problems: tuple[PublishError, ...] = ()


class Workshop:
    """Builds in memory, one build at a time; nothing is written but what all builds remember."""

    def __init__(self, wanted: Wanted, clock: Callable[[], datetime]) -> None:
        self.state = State()
        self.place: Place | None = None
        self._wanted = wanted
        self._clock = clock
        self._kept = Kept()
        self._lock = threading.Lock()

    def build(self, changed: Iterable[Path] = (), progress: Progress | None = None) -> State:
        """The new state. `changed` are files that are certainly not as they were."""
        with self._lock:
            before = self.state
            try:
                snapshot = self._snapshot(tuple(changed), progress)
            except PublishError as problem:
                self.state = State(before.version, before.snapshot, _each(problem))
            else:
                self.state = State(before.version + 1, snapshot)
            return self.state

    def sweep(self, state: State, stop: threading.Event) -> State:
        """The state after all its pages have been made: mistakes in templates show on any page.

        It yields to requests and builds, and ends early when `stop` is set.
        """
        problems: dict[str, PublishError] = {}
        for file in state.snapshot.files.values() if state.snapshot else ():
            if stop.is_set():
                return self.state
            if file.path.endswith(_MADE_BY_TEMPLATES) and (problem := _fault(file, stop)):
                problems[str(problem)] = problem
        if problems:
            with self._lock:
                if self.state is state:
                    found = _each(Problems(problems.values()))
                    self.state = State(state.version, state.snapshot, found)
        return self.state

    def _snapshot(self, changed: tuple[Path, ...], progress: Progress | None) -> Snapshot:
        """The collector is kept away meanwhile: it would walk through the whole site, and find nothing."""
        wanted = self._wanted
        gc.disable()
        try:
            place = with_content(open_place(wanted.root, wanted.config, wanted.environment))
            self.place = place
            self._kept.begin(place.publication)
            self._kept.forget(_below(place.content, changed))
            choice = Choice(self._clock(), wanted.drafts, wanted.future)
            compiled = compile_all(place, progress=progress, kept=self._kept)
            site = make_site(place, compiled.entries, choice, self._kept, compiled.notes)
            return take(site, place.publication, choice, self._clock, self.state.snapshot)
        finally:
            gc.enable()


def _below(content: Path, changed: Iterable[Path]) -> Iterable[str]:
    root = content.resolve()
    return (path.relative_to(root).as_posix() for path in changed if path.is_relative_to(root))


def _fault(file: File, stop: threading.Event) -> PublishError | None:
    stop.wait(_PAUSE)
    try:
        _ = file.content
    except PublishError as problem:
        return problem
    return None


def _each(problem: PublishError) -> tuple[PublishError, ...]:
    return problem.problems if isinstance(problem, Problems) else (problem,)
