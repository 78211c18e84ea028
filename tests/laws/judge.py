"""A publication that was built step by step, and the same one built from nothing: do they differ?"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tests.laws.builder import Builder
from tests.laws.events import Scene
from tests.laws.worker import digest
from tests.laws.world import SOURCES, Difference, Files, World
from tests.work.projects import tree

_SHOWN = 4  # differing files of which something is told
_MANIFEST = ".publish.json"


@dataclass(frozen=True)
class Judge:
    """Builds from nothing in a folder of its own, by another process in another environment."""

    folder: Path
    builder: Builder

    def compare(self, scene: Scene) -> bool:
        """Whether the build failed, as it should. Raises Difference."""
        fresh = self._fresh(scene.world)
        expected = self.builder.build(scene.world, fresh)
        built = tree(scene.world.site)
        if (told := scene.answer.get("error")) != expected.get("error"):
            raise Difference(f"it said {told!r}, from nothing {expected.get('error')!r}")
        if "error" in expected:
            _demand_same(scene.site, built, "a build that failed has changed")
            return True
        site = fresh / scene.world.site.name
        if _MANIFEST not in tree(site):
            raise Difference(f"there is nothing to compare in {site}")
        _demand_same(tree(site), _without(built, scene.world.foreign), "differs from a clean build")
        if scene.answer.get("found", expected["found"]) != expected["found"]:
            raise Difference("what it found in the articles differs")
        _demand_whole(scene, tree(site))
        _demand_records(scene.world.root, fresh)
        self._demand_preview(scene, tree(site))
        return False

    def _fresh(self, world: World) -> Path:
        """A folder with the author's files and the ledger, and nothing else."""
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        (fresh / ".publish").mkdir(parents=True)
        for name in SOURCES:
            if (world.root / name).exists():
                (fresh / name).symlink_to(world.root / name)
        for file in world.state.glob("ledger.sqlite*"):
            shutil.copy(file, fresh / ".publish")
        return fresh

    def _demand_preview(self, scene: Scene, expected: Files) -> None:
        if scene.world.chance.random() < 0.15:
            shown = scene.builder.preview(scene.world)
            wanted = {path: digest(raw) for path, raw in expected.items() if path != _MANIFEST}
            files = shown.get("files", {})
            if files != wanted:
                names = sorted({path for path in files | wanted if files.get(path) != wanted.get(path)})
                raise Difference(f"the preview differs: {shown.get('error', '')} {names[:20]}")


def _without(files: Files, foreign: Files) -> Files:
    lost = [name for name, raw in foreign.items() if files.get(name) != raw]
    if lost:
        raise Difference(f"somebody's files are gone or changed: {lost}")
    return {name: raw for name, raw in files.items() if name not in foreign}


def _demand_same(expected: Files, found: Files, what: str) -> None:
    names = sorted({name for name in expected | found if expected.get(name) != found.get(name)})
    if names:
        parts = (_difference(name, expected.get(name), found.get(name)) for name in names[:_SHOWN])
        raise Difference(f"{len(names)} files: {what}\n{names[:20]}\n" + "\n".join(parts))


def _difference(name: str, expected: bytes | None, found: bytes | None) -> str:
    if expected is None or found is None:
        return f"{name}: {'not wanted' if expected is None else 'missing'}"
    if b"\0" in expected + found:
        return f"{name}: {len(expected)} bytes wanted, {len(found)} found"
    old, new = (raw.decode(errors="replace").replace(">", ">\n").splitlines() for raw in (expected, found))
    return "\n".join([f"{name}:", *list(unified_diff(old, new, "wanted", "found", n=1, lineterm=""))[:24]])


def _demand_whole(scene: Scene, expected: Files) -> None:
    """What a killed build left is made of whole files, old or new; dotted ones are on their way."""
    known = {*scene.old.values(), *expected.values()}
    for name, raw in (scene.half or {}).items():
        if raw not in known and not Path(name).name.startswith("."):
            raise Difference(f"a killed build has torn {name}")


def _demand_records(root: Path, fresh: Path) -> None:
    """A build from nothing has no more to say of what was published."""
    one, two = _records(root), _records(fresh)
    if one != two:
        raise Difference(f"the ledger's records differ: {sorted(set(one) ^ set(two))[:4]}")


def _records(root: Path) -> list[tuple[object, ...]]:
    file = root / ".publish/ledger.sqlite"
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT * FROM published ORDER BY id").fetchall()
