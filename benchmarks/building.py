"""Builders side by side: what a site costs cold, with nothing new, after one edit, one article, one template.

    python -m benchmarks.building                       1,000 articles, clean and with dirt
    python -m benchmarks.building --articles 10000 50000 --dirt 0
    python -m benchmarks.building --articles 1000 --only publisher-lean hugo --rounds 9 --anew

Every builder makes the same site from the same articles; what is missing of Hugo, Eleventy and Pelican is
installed once below `--tools`. Rounds are interleaved: each scenario is run by one builder after the other,
each round beginning with another. Told are medians: processor time of the process tree, wall time, memory,
and the ratio to Hugo in the same round. What is measured is kept in `--out`.json after each round: a run
that was broken off goes on there, sizes that are complete are skipped (`--anew` measures them again), and
other sizes stay. Sites lie in memory (`--place`), as a file system that has just removed thousands of files
is slow for reasons of its own; what a cold build must not find is moved aside, not removed.
"""

import argparse
import os
import platform
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.builders import HUGO, NAMES, PELICAN, builders
from benchmarks.plot import plot
from benchmarks.record import Measured, Record, Site, read, write
from benchmarks.scenarios import SCENARIOS, Bench
from benchmarks.verdict import told

RESULTS = Path(__file__).parent / "results" / "building"
_SETTLED = 0.3  # seconds; files are old enough then for their times to be trusted
NOTES = (
    "`publisher-lean` makes the very pages that the others make, `publisher` also search, previews for "
    "links and feeds of sections; both clean, sanitise and check every text, which the others do not. "
    "CPU is user and system time of all processes; ratios are medians over the rounds, each to Hugo in the "
    "same round. MB is the largest process; all processes together are looked at five times a second.",
    "![How many times less than Hugo each scenario costs](building.svg)",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured of each size: how often, by whom."""

    rounds: int
    names: tuple[str, ...]


def usual(articles: int) -> Wanted:
    """Large sites take long: fewer rounds, and those alone who are compared."""
    if articles <= 2_000:
        return Wanted(5, NAMES)
    ours = ("publisher", "publisher-lean", "hugo")
    return Wanted(3 if articles <= 20_000 else 1, ours)


def measure_round(benches: Sequence[Bench], site: Site, turn: int) -> list[Measured]:
    """Each scenario by each builder in turn; the changes stay for what comes after."""
    first = turn % len(benches)
    benches = [*benches[first:], *benches[:first]]
    runs = []
    for name, change in SCENARIOS.items():
        for bench in benches:
            change(bench, turn)
        time.sleep(_SETTLED)
        for bench in benches:
            cost = bench.run()
            runs.append(Measured(bench.builder.name, site, name, turn, cost))
            sys.stderr.write(
                f"{time.strftime('%H:%M:%S')} {site.articles:6} {site.dirt:4.0%} round {turn} "
                f"{name:22} {bench.builder.name:15} {cost.cpu:8.3f} s CPU {cost.wall:8.3f} s\n"
            )
            sys.stderr.flush()
    for bench in benches:
        bench.tidy()
    return runs


def machine() -> str:
    """What it ran on."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    text = Path("/proc/meminfo").read_text("utf-8").split()
    model = next(
        (line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
         if line.startswith("model name")), platform.machine(),
    )  # fmt: skip
    return (
        f"{time.strftime('%Y-%m-%d')}: {platform.system()} {platform.release()}, {cores} × {model}, "
        f"{int(text[1]) // 1024 // 1024} GiB, Python {platform.python_version()}; "
        f"{HUGO}, {PELICAN}; load at the start {load:.1f}"
    )


def lay_out(options: argparse.Namespace, site: Site, names: tuple[str, ...]) -> list[Bench]:
    """The site of each builder, not built yet."""
    place: Path = options.place
    shutil.rmtree(place, ignore_errors=True)
    corpus.write(place / "articles", site.articles, site.dirt)
    benches = [
        Bench(each, place / each.name, place / "spare", site.articles, options.limit)
        for each in builders(options.tools, names)
    ]
    for bench in benches:
        bench.builder.lay_out(bench.folder, place / "articles")
    shutil.rmtree(place / "articles")
    return benches


def measure(options: argparse.Namespace, site: Site, record: Record) -> Record:
    """The record with what was missing of the site, written after each round."""
    wanted = usual(site.articles)
    rounds, names = options.rounds or wanted.rounds, tuple(options.only or wanted.names)
    record = record.without(site) if options.anew else record
    done = record.rounds(site, names, list(SCENARIOS))
    if done >= rounds:
        sys.stderr.write(f"{site}: {done} rounds are there\n")
        return record
    about = machine()
    benches = lay_out(options, site, names)
    for turn in range(done + 1, rounds + 1):
        record = record.with_round(measure_round(benches, site, turn), about)
        keep(options.out, record)
    shutil.rmtree(options.place)
    return record


def keep(out: Path, record: Record) -> None:
    """Figures, tables and plot."""
    write(out.with_suffix(".json"), record)
    out.with_suffix(".md").write_text(told(record, NOTES), "utf-8")
    out.with_suffix(".svg").write_text(plot(record), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000], metavar="N")
    parser.add_argument("--dirt", "--chrome", type=float, nargs="+", default=[0.0, 0.3], metavar="SHARE")
    parser.add_argument("--rounds", type=int, help="default: 5, above 2,000 articles 3, above 20,000 one")
    parser.add_argument("--only", nargs="+", choices=NAMES, help="default: all, above 2,000 Hugo and ours")
    parser.add_argument("--anew", action="store_true", help="forget what was measured of these sizes")
    parser.add_argument("--limit", type=float, default=1800, metavar="SECONDS", help="for one build")
    parser.add_argument("--tools", type=Path, default=Path.home() / ".cache" / "publisher-benchmarks")
    parser.add_argument("--place", type=Path, default=Path("/dev/shm/publisher-benchmark"))  # noqa: S108
    parser.add_argument("--out", type=Path, default=RESULTS, help="without ending")
    options = parser.parse_args(arguments)
    record = read(options.out.with_suffix(".json"))
    for articles in options.articles:
        for dirt in options.dirt:
            record = measure(options, Site(articles, dirt), record)
    keep(options.out, record)
    sys.stdout.write(told(record, NOTES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
