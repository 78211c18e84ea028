"""The name of a system and a text in -> the cleaned text and the processor time it took.

Made to run in a process of its own for each system: what one remembers or loads serves no other, and the
peak memory of a process is that of one system.
"""

import importlib
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WARM = "A title\n\nThe first paragraph of a text by which everything is loaded once.\n\nShare\n"


@dataclass(frozen=True, slots=True)
class Given:
    """A text, its language, and the weights to use instead of those that are shipped, as a number."""

    text: str
    language: str = "en"
    fold: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a system left of a text, and the seconds of processor time it took."""

    text: str
    seconds: float


def _nothing(given: Given, _: Path | None) -> str:
    return given.text


def _c4(given: Given, _: Path | None) -> str:
    return str(_module("line_rules").c4(given.text))


def _refined_web(given: Given, _: Path | None) -> str:
    return str(_module("line_rules").refined_web(given.text))


def _justext(given: Given, _: Path | None) -> str:
    return str(_module("peers").justexted(given.text, given.language))


def _trafilatura(given: Given, _: Path | None) -> str:
    return str(_module("peers").trafilatured(given.text))


def _default(given: Given, models: Path | None) -> str:
    return str(_module("ours").cleaned(given, models, strict=False))


def _strict(given: Given, models: Path | None) -> str:
    return str(_module("ours").cleaned(given, models, strict=True))


OURS = "Publisher, default"
SYSTEMS: Mapping[str, Callable[[Given, Path | None], str]] = {
    "nothing done": _nothing,
    "C4 line rules": _c4,
    "RefinedWeb and Gopher line rules": _refined_web,
    "jusText per line": _justext,
    "trafilatura per line": _trafilatura,
    OURS: _default,
    "Publisher, strict": _strict,
}


def warmed(name: str, models: Path | None, folds: int) -> float:
    """Load what the system needs, for each set of weights; returns the peak memory so far, in megabytes."""
    for fold in range(folds) if models else (None,):
        SYSTEMS[name](Given(WARM, "en", fold), models)
    return peak_memory()


def run(name: str, models: Path | None, given: Given) -> Done:
    start = time.process_time()
    text = SYSTEMS[name](given, models)
    return Done(text, time.process_time() - start)


def peak_memory() -> float:
    """The most memory this process had, in megabytes: of this program alone where Linux tells it."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@cache
def _module(name: str) -> Any:
    """Only the system that is asked for is loaded: the others' packages may be missing."""
    return importlib.import_module(f"benchmarks.{name}")
