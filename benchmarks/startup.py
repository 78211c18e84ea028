"""Commands that do next to nothing -> what their start costs: processor time, memory, modules.

    python -m benchmarks.startup [--rounds N]

The same commands have a budget of modules in tests/cli/test_budget.py; here is what they cost in time.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.pages import table
from benchmarks.processes import Cost, Run

REPOSITORY = Path(__file__).parents[1]
NOW = "2026-11-21T07:00Z"
CONFIGURATION = """\
title = "The Start"
base_url = "https://ledger.example.org"
[newsletter]
sender = "news@example.org"
address = "4 Customs Quay"
unsubscribe = "mailto:leave@example.org?subject={token}"
[web]
url = "https://news.example.org"
[relays.main]
host = "127.0.0.1"
port = 9
security = "none"
[daily]
steps = ["build"]
"""
ARTICLE = """\
---
title: The ferry is back
date: 2026-11-20
section: Harbour
tags: [ferry]
author: Ana Lund
id: urn:ferry
---

After nine weeks in dry dock the ferry sailed at six this morning, and {} were aboard.
"""
PLACE = "content/harbour/ferry.md"
# As the console script does it; what was imported is written to a file at the end.
_LISTING = """\
import atexit, os, sys
def tell():
    with open(os.environ["MODULES_TO"], "w") as file:
        file.write("\\n".join(sorted(sys.modules)))
atexit.register(tell)
from publisher.cli.start import run
run()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """A command by its name. `edited`: an article has changed; `serves`: it runs until it is stopped."""

    name: str
    arguments: tuple[str, ...]
    edited: bool = False
    serves: bool = False


STARTS = (
    Start("--help", ("--help",)),
    Start("build --help", ("build", "--help")),
    Start("build, nothing new", ("build",)),
    Start("build, one edit", ("build",), edited=True),
    Start("check", ("check",)),
    Start("clean", ("clean", PLACE)),
    Start("explain", ("explain", "DU001")),
    Start("digest --list", ("digest", "--list", "--now", NOW)),
    Start("send --dry-run", ("send", "--dry-run", "--now", NOW)),
    Start("subscribers list", ("subscribers", "list")),
    Start("status", ("status", "--now", NOW)),
    Start("daily, nothing to do", ("daily", "--due", "--now", NOW)),
    Start("serve", ("serve", "--port", "0"), serves=True),
    Start("web", ("web", "--port", "0"), serves=True),
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A small one that was built, has one reader and one issue, and in which nothing is left to do."""

    root: Path

    def prepare(self) -> "Publication":
        write(self.root / "publish.toml", CONFIGURATION)
        write(self.root / PLACE, ARTICLE.format("forty-one"))
        reader = ("subscribers", "add", "ana@example.com", "--confirmed", "--consent", "on paper")
        for arguments in (reader, ("-q", "digest", "--now", NOW), ("daily", "--now", NOW)):
            self._run("-m", "publisher", *arguments)
        self.settle()
        return self

    def settle(self) -> None:
        """A build that sees files old enough to be trusted: the next one has nothing to do."""
        time.sleep(0.3)
        self._run("-m", "publisher", "-q", "build")

    def cost(self, start: Start, turn: int) -> Cost:
        """Raises RuntimeError if it fails."""
        self._edit(start, turn)
        command = [sys.executable, "-m", "publisher", *start.arguments]
        return Run(command, self.root, _environment(), self.root / "log", 60).cost()

    def modules(self, start: Start) -> frozenset[str]:
        """The names of all modules that it has imported when it ends."""
        self._edit(start, 0)
        listed = self.root / "modules"
        with subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", _LISTING, *start.arguments],
            cwd=self.root,
            env=_environment() | {"MODULES_TO": str(listed)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if start.serves and process.stdout:
                process.stdout.readline()
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        return frozenset(listed.read_text("utf-8").splitlines())

    def _edit(self, start: Start, number: int) -> None:
        if start.edited:
            write(self.root / PLACE, ARTICLE.format(f"{number} passengers"))

    def _run(self, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *arguments],
            cwd=self.root,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        made = Publication(Path(folder)).prepare()
        rows = [["command", "CPU ms", "wall ms", "MB", "modules", "of them ours"]]
        for start in STARTS:
            rows.append([start.name, *_figures(made, start, options.rounds), *_counts(made, start)])
            if start.edited:
                made.settle()
    sys.stdout.write(f"{table(rows)}\n")
    return 0


def _figures(made: Publication, start: Start, rounds: int) -> list[str]:
    """Medians; nothing for what runs until it is stopped."""
    if start.serves:
        return ["–"] * 3
    costs = [made.cost(start, turn) for turn in range(1, rounds + 1)]
    middle = (median(getattr(cost, kind) for cost in costs) for kind in ("cpu", "wall", "memory"))
    cpu, wall, memory = middle
    return [f"{cpu * 1000:.0f}", f"{wall * 1000:.0f}", f"{memory:.0f}"]


def _counts(made: Publication, start: Start) -> list[str]:
    names = made.modules(start)
    return [str(len(names)), str(sum(name.split(".")[0] == "publisher" for name in names))]


if __name__ == "__main__":
    sys.exit(main())
