"""A command -> what it and all that it starts cost: processor time, wall time, memory."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_EVERY = 0.2  # seconds between two looks at the memory of the tree
# What a process needed at most begins with what the one that started it had (exec keeps it): a small one
# starts the command, and tells its exit code, processor time, wall time and memory.
_LAUNCHER = """\
import json, resource, subprocess, sys, time
begun = time.monotonic()
code = subprocess.call(sys.argv[2:])
wall = time.monotonic() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(int(sys.argv[1]), "w") as file:
    json.dump([code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024], file)
"""
_TOLD = 2000  # characters of what a command that failed has said


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds of processor (user and system) and of wall time; memory in MB.

    `memory` is the most that one process had, `tree` the most that all had together (0: not looked at).
    """

    cpu: float
    wall: float
    memory: float
    tree: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A command in its folder and environment; its words go to the file `log`; `limit` in seconds."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    limit: float = 3600.0

    def cost(self) -> Cost:
        """Runs it. Raises RuntimeError if it fails or takes too long."""
        with self.log.open("w+b") as log, TemporaryFile("w+") as answer:
            process = subprocess.Popen(  # noqa: S603 - commands of the benchmarks
                [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(answer.fileno()), *self.command],
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(answer.fileno(),),
                start_new_session=True,
            )
            watch = _Watch(process.pid, self.limit)
            process.wait()
            watch.end()
            answer.seek(0)
            code, *figures = json.loads(answer.read() or f"[{process.returncode}]")
            if code:
                log.seek(0)
                said = log.read().decode(errors="replace")[-_TOLD:]
                raise RuntimeError(f"{self.command[0]} ended with {code}: {said}")
        cpu, wall, largest = figures
        return Cost(cpu, wall, largest, max(watch.most, largest))


class _Watch:
    """Looks now and then how much memory a process group has, and ends it when its time is over."""

    def __init__(self, group: int, limit: float) -> None:
        self.most = 0.0
        self._group = group
        self._end = time.monotonic() + limit
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.most = max(self.most, sum(map(_proportional, _members(self._group))))
            if time.monotonic() > self._end:
                with suppress(ProcessLookupError):
                    os.killpg(self._group, signal.SIGKILL)


def _members(group: int) -> Iterator[Path]:
    """The processes of a group, but for the one that leads it (Linux)."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            own = (place / "stat").read_text("utf-8").rpartition(")")[2].split()[2]
            if int(own) == group != int(place.name):
                yield place


def _proportional(process: Path) -> float:
    """Its memory in MB; what several share counts once for all of them (proc(5), `Pss`)."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
