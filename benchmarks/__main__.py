"""All benchmarks: `python -m benchmarks` lists them, with names it runs those, with `all` every one.

    python -m benchmarks
    python -m benchmarks startup digest search
    python -m benchmarks all --low

Each is a program of its own with options of its own (`python -m benchmarks.NAME --help`); here it runs with
the usual ones, its tables on stdout.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module of this package and its usual options; `long`: more than ten minutes."""

    name: str
    about: str
    options: tuple[str, ...] = ()
    long: bool = False


BENCHMARKS = (
    Benchmark("startup", "what each command costs before it does anything, and how much it imports"),
    Benchmark("speed", "the cleaner beside jusText, trafilatura and rules of C4: documents and MB a second"),
    Benchmark("feeds", "a feed in three formats, of 100 to 10,000 articles"),
    Benchmark("digest", "an issue from articles to HTML (MJML), of 20 to 500 articles"),
    Benchmark("mail", "a mail of it: splicing and signing for each reader"),
    Benchmark("search", "the search index, and what one more article changes"),
    Benchmark("stories", "near copies among 20,000 articles: how many are found, at what cost"),
    Benchmark("images", "sizes and formats of pictures, previews, icons"),
    Benchmark("building", "sites of 1,000 articles beside Hugo, Eleventy and Pelican", (), True),
    Benchmark(
        "building",
        "sites of 10,000 and 50,000 articles beside Hugo",
        ("--articles", "10000", "50000"),
        True,
    ),
    Benchmark("subscribers", "import, export and look up 200,000 readers", (), True),
    Benchmark("sending", "an issue to many readers, through smtp-sink", (), True),
    Benchmark("cleaning", "quality of cleaning on labelled pages", ("../shared/lines",), True),
)


def listing() -> str:
    """A line for each."""
    lines = (f"  {each.name:12} {each.about}{' (long)' if each.long else ''}" for each in BENCHMARKS)
    return "\n".join(lines)


def run(each: Benchmark) -> int:
    """Runs it; returns its exit code."""
    sys.stdout.write(f"\n## {each.name}: {each.about}\n\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", f"benchmarks.{each.name}", *each.options]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=f"{__doc__}\n{listing()}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [*dict.fromkeys(each.name for each in BENCHMARKS), "short", "all"]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--low", action="store_true", help="at the lowest priority")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in names]:
        parser.error(f"no benchmark is called {unknown[0]}")
    wanted = set(options.names)
    chosen = [
        each
        for each in BENCHMARKS
        if each.name in wanted or "all" in wanted or ("short" in wanted and not each.long)
    ]
    if not chosen:
        sys.stdout.write(f"{listing()}\n")
    if options.low:
        os.nice(19)
    failed = [each.name for each in chosen if run(each)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
