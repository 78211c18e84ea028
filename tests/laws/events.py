"""What happens to a build: it is made, twice, after a glance; or killed, disturbed, or of another program."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.laws import damage, stories
from tests.laws.builder import Builder
from tests.laws.world import Difference, Files, NothingToDo, World
from tests.work.projects import tree

# Files have to be older than that, for a build to trust their times.
_SETTLED = 0.15


@dataclass
class Scene:
    """A world whose files have just changed (they were `before`, with this `configuration`), the builder, and
    what it answered.

    `site` is the output folder before the last build, `half` the one that a killed build made of `old`.
    """

    world: World
    builder: Builder
    before: Files
    configuration: dict[str, object]
    answer: dict[str, Any] = field(default_factory=dict)
    site: Files = field(default_factory=dict)
    old: Files = field(default_factory=dict)
    half: Files | None = None
    program: bool = False
    failed: bool = False

    def build(self, glance: bool = False, jobs: int = 1) -> None:
        self.site = tree(self.world.site)
        self.answer = self.builder.build(self.world, self.world.root, glance, jobs)


@dataclass(frozen=True)
class Event:
    """By its name; `weight`: how often it is drawn."""

    name: str
    happen: Callable[[Scene], None]
    weight: float = 1.0


def _plain(scene: Scene) -> None:
    scene.build()


def _glanced(scene: Scene) -> None:
    """As the command does it: it keeps what it read, and the next one looks at that first."""
    time.sleep(_SETTLED)
    scene.build(glance=True)


def _twice(scene: Scene) -> None:
    """The second has nothing to write, and may be told so at a glance."""
    time.sleep(_SETTLED)
    scene.build(glance=True)
    if "error" not in scene.answer:
        again = scene.builder.build(scene.world, scene.world.root, glance=True)
        if again["wrote"]:
            raise Difference(f"a build of nothing new has written {again['wrote']} files")
        scene.answer["glance"] = again.get("glance", False)


def _restarted(scene: Scene) -> None:
    """By a process that knows nothing."""
    scene.builder.end()
    scene.build(jobs=2)


def _killed(scene: Scene) -> None:
    """Once or twice; whole files are all that it may leave."""
    scene.old = tree(scene.world.site)
    for _ in range(scene.world.chance.randrange(1, 3)):
        _kill(scene)
    scene.half = tree(scene.world.site)
    scene.build()


def _kill(scene: Scene) -> None:
    """At any moment of a build, most of them while it writes."""
    scene.builder.build(scene.world, scene.world.spare / "none")  # it is awake then
    scene.builder.begin(scene.world, scene.world.root, glance=True)
    time.sleep(scene.world.chance.random() * random.choice((0.02, 0.08, 0.3)))  # noqa: S311
    scene.builder.end(kill=True)


def _killed_and_undone(scene: Scene) -> None:
    """The author takes everything back before the next build."""
    _kill(scene)
    scene.world.restore(scene.before, dict(scene.configuration))
    scene.build()


def _disturbed(scene: Scene) -> None:
    """Files change while a build reads them: the next one knows."""
    scene.builder.begin(scene.world, scene.world.root, glance=True)
    time.sleep(scene.world.chance.random() * 0.1)
    step = scene.world.chance.choice(stories.STEPS)
    try:
        step.change(scene.world)
    except (NothingToDo, FileNotFoundError):
        pass
    finally:
        scene.builder.answer()
    scene.build(glance=True)


def _spoilt_between(scene: Scene) -> None:
    """A build, then a memory or output is damaged, and then nothing else changes."""
    scene.build(glance=True)
    for _ in range(scene.world.chance.randrange(1, 4)):
        try:
            scene.world.chance.choice(damage.STEPS).change(scene.world)
        except (NothingToDo, FileNotFoundError):
            continue
    time.sleep(_SETTLED)
    scene.build(glance=True)


def _a_look(scene: Scene) -> None:
    """Drafts and the future are built into the same folder, and then not."""
    scene.builder.look(scene.world)
    scene.build(glance=True)


def _another_program(scene: Scene) -> None:
    damage.version(scene.world)
    scene.builder.end()
    scene.program = True
    scene.build(glance=True)


def _an_issue(scene: Scene) -> None:
    """The newsletters' issues are frozen; the ledger has them."""
    scene.build()
    if "error" not in scene.answer:
        scene.builder.digest(scene.world)
        scene.build(glance=True)


EVENTS: tuple[Event, ...] = (
    Event("a build", _plain, 8),
    Event("a build after a glance", _glanced, 3),
    Event("two builds", _twice, 3),
    Event("a build by another process", _restarted, 1),
    Event("a killed build", _killed, 3),
    Event("a killed build and all undone", _killed_and_undone, 1),
    Event("a disturbed build", _disturbed, 2),
    Event("damage between builds", _spoilt_between, 5),
    Event("a look at drafts", _a_look, 1),
    Event("another program", _another_program, 1),
    Event("an issue", _an_issue, 1),
)
