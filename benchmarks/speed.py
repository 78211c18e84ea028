"""Cleaners side by side on invented articles: documents and megabytes a second on one core, memory.

    python -m benchmarks.speed [--articles N] [--dirt SHARE]

Needs no labelled pages and so tells nothing of quality: that is `benchmarks.cleaning`. Every system gets
every article, in turns, each in a process of its own. jusText and trafilatura: pip install --group bench.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

from benchmarks import corpus
from benchmarks.cleaning import available, machine, turned
from benchmarks.pages import table
from benchmarks.systems import OURS, SYSTEMS, Given, peak_memory, run, warmed

_IDLE = "nothing done"


def measure(texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """By system: seconds of processor for all texts, and the peak memory of its process in MB."""
    names = [name for name in SYSTEMS if available(name) and name != _IDLE]
    spent, peaks = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_worker()) for name in names}
        for name, worker in workers.items():
            worker.submit(warmed, name, None, 0).result()
        for count, text in enumerate(texts):
            for name in turned(names, count):
                spent[name] += workers[name].submit(run, name, None, Given(text)).result().seconds
        for name, worker in workers.items():
            peaks[name] = worker.submit(peak_memory).result()
    return {name: (spent[name], peaks[name]) for name in names}


def _worker() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def rows(measured: dict[str, tuple[float, float]], texts: Sequence[str]) -> list[list[str]]:
    """The table; the ratio is to our default."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours = measured[OURS][0]
    found = [["system", "documents/s", "MB/s", "ms each", "ratio", "peak MB"]]
    for name, (seconds, peak) in measured.items():
        found.append(
            [
                name,
                f"{len(texts) / seconds:,.0f}",
                f"{size / seconds:.2f}",
                f"{1000 * seconds / len(texts):.2f}",
                f"{ours / seconds:.2f}",
                f"{peak:.0f}",
            ]
        )
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--dirt", type=float, default=0.3)
    options = parser.parse_args(arguments)
    made = (corpus.article(number, options.articles, options.dirt) for number in range(options.articles))
    texts = [each.text.split("---\n", 2)[2] for each in made]
    about = f"{machine()}; {options.articles:,} articles, {options.dirt:.0%} of them with scraper's dirt"
    sys.stdout.write(f"{about}\n\n{table(rows(measure(texts), texts))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
