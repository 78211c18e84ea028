"""What each unattended run did, a line for each: `.publish/daily.jsonl`. Runs in, runs out.

Nothing depends on it but the answer to whether today's run is done, and what `publish log` shows: it may be
deleted when no run is under way.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from publisher.store.failures import naming


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step of a run: its exit code (None: it was left out), seconds, and what it had to say."""

    step: str
    code: int | None
    seconds: float = 0.0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run for the local `day`; `begun` is aware. `done`: nothing of it is left to do."""

    day: date
    begun: datetime
    done: bool
    outcomes: tuple[Outcome, ...]


def write_run(path: Path, run: Run) -> None:
    """Adds a run, in one piece and on the disk. Raises PublishError for a disk that refuses."""
    table = asdict(run) | {"schema": 1, "day": run.day.isoformat(), "begun": run.begun.isoformat()}
    line = json.dumps(table, ensure_ascii=False) + "\n"
    with naming(path, "write it"):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "ab", buffering=0) as file:
            # What a killed run left of its line must not spoil the next one.
            file.write(b"\n" + line.encode() if _torn(path) else line.encode())
            os.fsync(file.fileno())


def read_runs(path: Path) -> tuple[Run, ...]:
    """All runs, oldest first. Lines that are none, as a killed run may leave one, are passed over."""
    if not path.exists():
        return ()
    with naming(path, "read it"):
        lines = path.read_text("utf-8", errors="replace").splitlines()
    return tuple(run for line in lines if (run := _run(line)))


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _run(line: str) -> Run | None:
    try:
        table = json.loads(line)
        outcomes = tuple(
            Outcome(str(each["step"]), each["code"], float(each["seconds"]), str(each["said"]))
            for each in table["outcomes"]
        )
        day, begun = date.fromisoformat(table["day"]), datetime.fromisoformat(table["begun"])
        return Run(day, begun, bool(table["done"]), outcomes)
    except (ValueError, KeyError, TypeError):
        return None
