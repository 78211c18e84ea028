"""Builders side by side: what a site costs cold, with nothing new, after one edit, one article, one template.

    python -m benchmarks.building [--articles N ...] [--rounds R] [--only NAME ...] [--dirt SHARE]

Every builder makes the same site from the same articles; what is missing of Hugo, Eleventy and Pelican is
installed once below `--tools`. Rounds are interleaved: each scenario is run by one builder after the other.
Told are medians: processor time of the process tree, wall time, the largest process, and the ratio to Hugo
in the same round. Sites lie in memory (`--place`), as a file system that has just removed thousands of files
is slow for reasons of its own.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks import corpus
from benchmarks.builders import NAMES, Builder, builders, environment
from benchmarks.pages import table

RESULTS = Path(__file__).parent / "results" / "building"
BASE = "hugo"


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds of processor and wall time, and the memory of the largest process in MB."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one builder: how many articles, in which scenario, in which round."""

    builder: str
    articles: int
    scenario: str
    round: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class Bench:
    """A builder's site on disk; `spare` is where old outputs go."""

    builder: Builder
    folder: Path
    spare: Path

    def run(self) -> Cost:
        begun = time.monotonic()
        with (self.folder.parent / f"{self.builder.name}.log").open("w+b") as log:
            process = subprocess.Popen(  # noqa: S603 - builders that were set up here
                self.builder.command,
                cwd=self.folder,
                env=environment(self.builder),
                stdout=log,
                stderr=log,
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                log.seek(0)
                raise RuntimeError(f"{self.builder.name}: {log.read().decode(errors='replace')[-2000:]}")
        return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024)


Change = Callable[[Bench, int, int], None]


def _cold(bench: Bench, _: int, turn: int) -> None:
    bench.builder.clear(bench.folder, bench.spare / f"{bench.builder.name}-{turn}")


def _nothing(_bench: Bench, _count: int, _turn: int) -> None:
    return


def _body(bench: Bench, count: int, turn: int) -> None:
    made = corpus.article(count // 2, count, 0)
    bench.builder.put(bench.folder, made.path, f"{made.text}\nOne more paragraph, added in turn {turn}.\n")


def _title(bench: Bench, count: int, turn: int) -> None:
    made = corpus.article(count // 3, count, 0)
    head, _, rest = made.text.partition('"\n')
    bench.builder.put(bench.folder, made.path, f'{head} {turn}"\n{rest}')


def _added(bench: Bench, count: int, turn: int) -> None:
    made = corpus.article(count + turn, count + turn, 0)
    bench.builder.put(bench.folder, made.path, made.text)


def _deleted(bench: Bench, count: int, turn: int) -> None:
    made = corpus.article(count + turn, count + turn, 0)
    (bench.folder / "content" / made.path).unlink()


def _template(bench: Bench, _: int, turn: int) -> None:
    base = bench.folder / bench.builder.base
    base.write_text(base.read_text("utf-8").replace("</body>", f"<!-- {turn} --></body>"), "utf-8")


SCENARIOS: Mapping[str, Change] = {
    "cold": _cold,
    "nothing changed": _nothing,
    "one body edited": _body,
    "one title edited": _title,
    "one article added": _added,
    "one article deleted": _deleted,
    "base template edited": _template,
}


def measure(benches: Sequence[Bench], articles: int, rounds: int) -> Iterator[Measured]:
    """Each scenario of each round by each builder in turn; the changes stay for what comes after."""
    for turn in range(1, rounds + 1):
        for name, change in SCENARIOS.items():
            for bench in benches:
                change(bench, articles, turn)
            time.sleep(0.3)  # files are old enough then for their times to be trusted
            for bench in benches:
                yield Measured(bench.builder.name, articles, name, turn, bench.run())


def report(runs: Sequence[Measured], articles: int) -> str:
    """A table for one number of articles: medians, and the median of the ratios to Hugo, round by round."""
    here = [run for run in runs if run.articles == articles]
    names = list(dict.fromkeys(run.builder for run in here))
    rows = [
        ["scenario", "builder", "CPU s", "wall s", "MB", f"CPU : {BASE}", f"wall : {BASE}", f"MB : {BASE}"]
    ]
    for scenario in SCENARIOS:
        base = {run.round: run.cost for run in here if (run.builder, run.scenario) == (BASE, scenario)}
        for name in names:
            own = {run.round: run.cost for run in here if (run.builder, run.scenario) == (name, scenario)}
            if not own:
                continue
            cells = [
                median(getattr(cost, kind) for cost in own.values()) for kind in ("cpu", "wall", "memory")
            ]
            ratios = [_ratio(own, base, kind) for kind in ("cpu", "wall", "memory")]
            rows.append([scenario, name, f"{cells[0]:.3f}", f"{cells[1]:.3f}", f"{cells[2]:.0f}", *ratios])
    return table(rows)


def _ratio(own: Mapping[int, Cost], base: Mapping[int, Cost], kind: str) -> str:
    """Below 1 as a fraction of Hugo's: `1/7.3`."""
    found = [getattr(own[turn], kind) / getattr(base[turn], kind) for turn in own.keys() & base.keys()]
    if not found:
        return ""
    value = median(found)
    return f"{value:.2f}" if value >= 1 else f"1/{1 / value:.1f}"


def machine() -> str:
    """What it ran on."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    text = Path("/proc/meminfo").read_text("utf-8").split()
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, {int(text[1]) // 1024 // 1024} GiB, "
        f"Python {platform.python_version()}; load at the start {load:.1f}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--dirt", type=float, default=0.0)
    parser.add_argument("--tools", type=Path, default=Path.home() / ".cache" / "publisher-benchmarks")
    parser.add_argument("--place", type=Path, default=Path("/dev/shm/publisher-benchmark"))  # noqa: S108
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    made = builders(options.tools, tuple(options.only))
    about, runs = machine(), list[Measured]()
    for count in options.articles:
        shutil.rmtree(options.place, ignore_errors=True)
        corpus.write(options.place / "articles", count, options.dirt)
        benches = [Bench(each, options.place / each.name, options.place / "spare") for each in made]
        for bench in benches:
            bench.builder.lay_out(bench.folder, options.place / "articles")
        for run in measure(benches, count, options.rounds):
            sys.stderr.write(f"{count:6} {run.scenario:22} {run.builder:15} {run.cost.cpu:8.3f} s\n")
            runs.append(run)
        shutil.rmtree(options.place)
    parts = [f"## {count:,} articles\n\n{report(runs, count)}" for count in options.articles]
    head = f"# Building, side by side\n\n{about}; {options.dirt:.0%} of the articles with scraper's dirt."
    options.out.with_suffix(".md").write_text("\n\n".join([head, *parts]) + "\n", "utf-8")
    options.out.with_suffix(".json").write_text(json.dumps([asdict(run) for run in runs], indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
