"""The cleaner's modules in -> how many of their mutants the tests notice, and which they do not.

    python -m benchmarks.mutation [--minutes 15] [--seed 7] [--only match,dates] [--out FILE]

A random sample of the mutants, as many as there is time for, each tried on a copy of the project: the
tests of its module first, then the others in `tests/clean` but for real pages and the laws, which take
long and notice little. The tools that exist leave out decorated functions and constants, where much of
the cleaner's judgement is.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutants import Mutant, count, mutant
from benchmarks.pages import table

ROOT = Path(__file__).parents[1]
CLEAN = Path("publisher/clean")
TESTS = Path("tests/clean")
NEEDED = ("publisher", "tests", "content", "pyproject.toml")
LONGEST = 120  # seconds; what takes longer does not end


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant of a module (its path in the project), and whether a test failed with it."""

    module: Path
    change: Mutant
    killed: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="names of modules, separated by commas")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    only = {name for name in options.only.split(",") if name}
    stop = time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copied(copy)
        if not passes(copy, [str(TESTS)]):
            sys.stderr.write("the tests fail without any mutant\n")
            return 1
        trials = []
        for module, change in sample(ROOT, options.seed, only):
            if time.monotonic() > stop:
                break
            trials.append(tried(copy, module, change))
            sys.stderr.write(told(trials[-1]) + "\n")
    text = report(trials)
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return 0


def copied(target: Path) -> None:
    for name in NEEDED:
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, target / name)


def sample(root: Path, seed: int, only: set[str]) -> Iterator[tuple[Path, Mutant]]:
    """Every mutant of the chosen modules once, in random order."""
    sources = {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for path in sorted((root / CLEAN).rglob("*.py"))
        if not only or path.stem in only
    }
    found = [(path, index) for path, source in sources.items() for index in range(count(source))]
    random.Random(seed).shuffle(found)  # noqa: S311  (a sample, no secret)
    for path, index in found:
        yield path, mutant(sources[path], index)


def tried(copy: Path, module: Path, change: Mutant) -> Trial:
    original = (copy / module).read_text(encoding="utf-8")
    (copy / module).write_text(change.source, encoding="utf-8")
    try:
        killed = not passes(copy, selected(copy, module), ["-B"])  # compiled code of a mutant must not stay
        return Trial(module, change, killed)
    finally:
        (copy / module).write_text(original, encoding="utf-8")


def selected(root: Path, module: Path) -> list[str]:
    """The tests of a module before all others; those of the scorer only for the scorer, as they are slow."""
    scorer = module.parent.name == "scorer"
    folder = TESTS / module.parent.relative_to(CLEAN)
    near = TESTS / "test_rules.py" if module.parent.name == "rules" else folder
    first = folder / f"test_{module.stem}.py"
    found = [str(path) for path in dict.fromkeys((first, near, TESTS)) if (root / path).exists()]
    return found if scorer else [*found, f"--ignore={TESTS / 'scorer'}"]


def passes(root: Path, tests: Sequence[str], flags: Sequence[str] = ()) -> bool:
    """Whether all of the tests pass, those named first before the others; real pages are left out."""
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-k", "not real and not laws"]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and tests)
            [sys.executable, *flags, "-m", "pytest", *options, *tests],
            cwd=root,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def told(trial: Trial) -> str:
    fate = "killed" if trial.killed else "SURVIVED"
    change = trial.change
    before, after = (" ".join(text.split())[:90] for text in (change.before, change.after))
    return f"{fate}  {trial.module}:{change.line}  {before}  =>  {after}"


def report(trials: Sequence[Trial]) -> str:
    by_module: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_module[str(trial.module.relative_to(CLEAN))].append(trial)
    rows = [["module", "mutants", "killed", "share"], _row("all", trials)]
    rows += [_row(name, found) for name, found in sorted(by_module.items())]
    survivors = [told(trial) for trial in trials if not trial.killed]
    return "\n".join([table(rows), "", *sorted(survivors)]) + "\n"


def _row(name: str, trials: Sequence[Trial]) -> list[str]:
    killed = sum(trial.killed for trial in trials)
    return [name, str(len(trials)), str(killed), f"{killed / max(1, len(trials)):.0%}"]


if __name__ == "__main__":
    sys.exit(main())
