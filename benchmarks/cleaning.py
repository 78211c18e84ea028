"""A folder of labelled pages in -> our cleaner beside others: quality, speed and memory, as Markdown.

    python -m benchmarks.cleaning FOLDER [--models FILE] [--out FILE]

FOLDER holds `dev/` and `score.py` (see its README). Every system gets every page, one after another, each
in a process of its own. jusText and trafilatura are in the dependency group `bench`. `--models`: the
weights of the folds (`benchmarks.train_scorer --out`), so that no page is judged by weights that saw it.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from benchmarks.pages import MODES, Page, read_pages, table
from benchmarks.systems import OURS, SYSTEMS, Given, peak_memory, run, warmed

RESULTS = Path(__file__).parent / "results" / "cleaning.md"
QUALITY = {
    "F1": "F1",
    "lineP": "line P",
    "lineR": "line R",
    "loss_mean": "lost, mean",
    "loss_gt2": "pages losing > 2 %",
    "residual_any": "any left",
    "residual_d": "duplicates left",
    "perfect": "perfect",
}
HEAD = ["system", *QUALITY.values(), "pages/s", "ratio", "MB/s", "peak MB", "of it at start"]
PEERS = ("justext", "trafilatura")
UNSEEN = "Publisher's weights are those of the folds: no page is judged by weights that saw its publisher."
SEEN = "Publisher's weights were learned from these very pages: on new ones it is not as good as here."
NOTES = """\
Speed is processor time of one process on one core, each system on the same pages in turns; `ratio` is to
Publisher's default. MB are megabytes of the text as it came, in UTF-8. Peak memory is that of the system's
process, with Python itself and what the system loads (`at start`). jusText is told the language of each
page, the others are not; the line rules were made for English."""


@dataclass(slots=True)
class Tally:
    """What is measured of one system in one mode."""

    start: float = 0.0
    peak: float = 0.0
    seconds: float = 0.0
    pages: int = 0
    size: int = 0
    scores: list[Mapping[str, float]] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=Path, help="weights of each fold")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--pages", type=int, help="only so many of each mode")
    options = parser.parse_args(arguments)
    pages = [page for page in read_pages(options.folder / "dev") if page.scored]
    score = scoring(options.folder)
    parts = [machine(), UNSEEN if options.models else SEEN]
    for mode in MODES:
        here = [page for page in pages if page.mode == mode][: options.pages]
        if not here:
            continue
        tallies = compare(here, score, options.models)
        parts += [f"## {mode}, {len(here)} page{'s' * (len(here) != 1)}", table(rows(tallies, score))]
    text = "# Cleaning, side by side\n\n" + "\n\n".join([*parts, NOTES]) + "\n"
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def compare(pages: Sequence[Page], score: ModuleType, models: Path | None) -> dict[str, Tally]:
    """Each page through each system, in turns that begin with another system each time."""
    folds = json.loads(models.read_text(encoding="utf-8"))["fold"] if models else {}
    names = [name for name in SYSTEMS if available(name)]
    tallies = {name: Tally() for name in names}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_worker()) for name in names}
        for name, worker in workers.items():
            tallies[name].start = worker.submit(warmed, name, models, len(set(folds.values()))).result()
        for count, page in enumerate(pages):
            given = Given(page.text, str(page.about["lang"] or "en"), folds.get(page.domain))
            for name in turned(names, count):
                done = workers[name].submit(run, name, models, given).result()
                tally = tallies[name]
                tally.seconds += done.seconds
                tally.pages += 1
                tally.size += len(page.text.encode())
                tally.scores.append(score.score_doc(dict(page.about), page.mode, page.text, done.text))
        for name, worker in workers.items():
            tallies[name].peak = worker.submit(peak_memory).result()
    return tallies


def _worker() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def available(name: str) -> bool:
    """Whether the package that a system is named for is there; systems without one always are."""
    package = name.partition(" ")[0].lower()
    return package not in PEERS or _version(package) != ""


def turned(names: Sequence[str], count: int) -> list[str]:
    """The names, beginning with the one whose turn it is."""
    start = count % len(names)
    return [*names[start:], *names[:start]]


def rows(tallies: Mapping[str, Tally], score: ModuleType) -> list[list[str]]:
    """The table: its head, then a row for each system; `ratio` is to the speed of our default."""
    ours = tallies[OURS]
    found = [HEAD]
    for name, tally in tallies.items():
        total = score.summary(tally.scores)
        speed = tally.pages / max(tally.seconds, 1e-9)
        slow = tally.seconds > 0.01  # of what takes no time, the clock tells nothing
        found.append(
            [
                name,
                *(f"{total[key]:.3f}" for key in QUALITY),
                f"{speed:.0f}" if slow else "–",
                f"{speed * ours.seconds / ours.pages:.2f}" if slow and ours.seconds else "–",
                f"{tally.size / tally.seconds / 1e6:.2f}" if slow else "–",
                f"{tally.peak:.0f}",
                f"{tally.start:.0f}",
            ]
        )
    return found


def machine() -> str:
    """What the figures depend on: cores, Python, and the versions of the others."""
    peers = [f"{name} {_version(name)}" for name in PEERS if _version(name)]
    return ", ".join(
        [
            f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores",
            f"Python {platform.python_version()}",
            *peers,
        ]
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def scoring(folder: Path) -> ModuleType:
    """The benchmark's own script."""
    spec = spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
