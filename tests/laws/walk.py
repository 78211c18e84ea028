"""A random walk over everything that can happen to a publication: after each step, is it as if built anew?

    python -m tests.laws.walk --steps 3000 --seed 1

The steps are those of `stories`, `settings` and `damage`; builds are also killed, disturbed and made to
fail. After each the bytes of the output folder, what was found in the articles, the records of the ledger
and the preview of `publish serve` are compared with a build from nothing. Prints what differs, and where
the publication lies; then the walk goes on from nothing.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.laws import damage, settings, stories
from tests.laws.builder import Builder
from tests.laws.events import EVENTS, Event, Scene
from tests.laws.judge import Judge
from tests.laws.world import Difference, NothingToDo, Step, begin

STEPS: tuple[Step, ...] = (*stories.STEPS, *settings.STEPS, *damage.STEPS)


@dataclass
class Walk:
    """One publication and what came of it so far."""

    folder: Path
    seed: int
    told: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = begin(self.folder, self.seed, stories.new_story)
        chance = self.world.chance
        ours = {"PYTHONHASHSEED": str(chance.randrange(1000)), "TZ": chance.choice(("UTC", "Asia/Tokyo"))}
        self.builder = Builder(self.world.package, ours)
        self.judge = Judge(self.folder, Builder(self.world.package, {"PYTHONHASHSEED": "7", "TZ": "EST5EDT"}))

    def step(self) -> list[str]:
        """Some changes, an event, the judgement; returns the names of what happened."""
        world = self.world
        before, configuration = world.sources(), dict(world.configuration)
        names = [self._change() for _ in range(world.chance.choice((1, 1, 1, 2, 3)))]
        event = world.chance.choices(EVENTS, [each.weight for each in EVENTS])[0]
        names.append(event.name)
        scene = Scene(world, self.builder, before, configuration)
        try:
            self._judge(event, scene)
        except (Difference, RuntimeError) as difference:  # or a fault that ended the builder
            self._note(names, difference)
        finally:
            self.told.update(names)
        if scene.failed:
            world.restore(before, configuration)
        return names

    def end(self) -> None:
        self.builder.end()
        self.judge.builder.end()

    def _change(self) -> str:
        world = self.world
        while True:
            step = world.chance.choices(STEPS, [each.weight for each in STEPS])[0]
            try:
                step.change(world)
            except (NothingToDo, FileNotFoundError):
                continue
            return step.name

    def _judge(self, event: Event, scene: Scene) -> None:
        event.happen(scene)
        if scene.program:
            self.judge.builder.end()
        scene.failed = self.judge.compare(scene)
        if scene.failed:
            self.told["(a build that failed)"] += 1
        if scene.answer.get("glance"):
            self.told["(nothing new, at a glance)"] += 1

    def _note(self, names: Sequence[str], difference: Exception) -> None:
        kept = self.folder.parent / f"difference-{self.seed}-{len(self.differences)}"
        shutil.copytree(self.folder, kept, symlinks=True, ignore=shutil.ignore_patterns("program"))
        text = f"after {', '.join(names)}:\n{difference}\nkept in {kept}"
        self.differences.append(text)
        shutil.rmtree(self.world.site, ignore_errors=True)
        self.world.foreign = {}
        for file in damage.memories(self.world.state):
            file.unlink()
        self.builder.end()


def walk(folder: Path, seed: int, steps: int, seconds: float = 1e9) -> Walk:
    """So many steps from one beginning, or until the seconds are over."""
    begun = time.monotonic()
    made = Walk(folder, seed)
    try:
        for number in range(steps):
            if time.monotonic() - begun > seconds:
                break
            names = made.step()
            made.told["(steps)"] += 1
            if made.differences and made.differences[-1].startswith(f"after {', '.join(names)}:"):
                sys.stderr.write(f"seed {seed}, step {number}: {made.differences[-1]}\n\n")
    finally:
        made.end()
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=1000, help="all together")
    parser.add_argument("--each", type=int, default=60, help="so many from one beginning")
    parser.add_argument("--seed", type=int, default=1, help="that of the first walk")
    parser.add_argument("--minutes", type=float, default=1e6, help="no longer than that")
    parser.add_argument("--folder", type=Path, help="where publications with differences stay")
    options = parser.parse_args(arguments)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="publish-laws-"))
    folder.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + 60 * options.minutes
    total, differences, seed = Counter[str](), list[str](), options.seed
    while total["(steps)"] < options.steps and time.monotonic() < end:
        count = min(options.each, options.steps - total["(steps)"])
        done = walk(folder / f"walk-{seed}", seed, count, end - time.monotonic())
        total += done.told
        differences += done.differences
        shutil.rmtree(folder / f"walk-{seed}")
        sys.stderr.write(f"seed {seed}: {total['(steps)']} steps, {len(differences)} differences\n")
        seed += 1
    for name, count in sorted(total.items()):
        sys.stdout.write(f"{count:6} {name}\n")
    sys.stdout.write(f"{len(differences)} differences\n" + "\n\n".join(differences) + "\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
