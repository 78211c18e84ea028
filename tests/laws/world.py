"""A publication on disk that small random steps change: its files, its clock, its program."""

import json
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.work.projects import PICTURE, tree, write

REPOSITORY = Path(__file__).parents[2]
BEGIN = datetime(2026, 11, 21, 6, tzinfo=UTC)
# What belongs to the author; all else is made from it, but for the ledger.
SOURCES = ("content", "templates", "sources", "publish.toml", "logo.png")
CONFIGURATION: Mapping[str, object] = {
    "title": "The Walked Ledger",
    "base_url": "https://ledger.example.org/news",
    "time_zone": "Europe/Berlin",
    "page_size": 4,
    "images.widths": [16],
    "images.cards": False,
    "feed.items": 3,
    "newsletter.sender": "news@example.org",
    "newsletter.address": "4 Customs Quay",
    "newsletter.unsubscribe": "mailto:leave@example.org?subject={token}",
}
Files = dict[str, bytes]


@dataclass
class World:
    """`root` is the publication, `package` the folder of the program that builds it.

    `spare` has what lay in `.publish/` and in the output folder at some time before.
    """

    root: Path
    package: Path
    spare: Path
    chance: random.Random
    now: datetime = BEGIN
    configuration: dict[str, object] = field(default_factory=lambda: dict(CONFIGURATION))
    count: int = 0
    foreign: Files = field(default_factory=dict)

    @property
    def state(self) -> Path:
        return self.root / ".publish"

    @property
    def site(self) -> Path:
        return self.root / str(self.configuration.get("output", "site"))

    def number(self) -> int:
        """Another one each time."""
        self.count += 1
        return self.count

    def articles(self) -> list[Path]:
        return [file for file in self.content() if file.parts[-2] not in {"pages", "authors"}]

    def content(self, folder: str = "") -> list[Path]:
        """Texts below content/ or a folder of it, but for newsletters' files."""
        files = sorted((self.root / "content" / folder).rglob("*"))
        texts = [file for file in files if file.suffix in {".md", ".txt"}]
        return texts if folder else [file for file in texts if "newsletter" not in file.parts]

    def configure(self, key: str, value: object) -> None:
        """None takes the key out."""
        self.configuration.pop(key, None)
        if value is not None:
            self.configuration[key] = value
        write(self.root / "publish.toml", toml(self.configuration))

    def sources(self) -> Files:
        """Every file of the author's, with its bytes."""
        found: Files = {}
        for name in SOURCES:
            place = self.root / name
            if place.is_dir():
                found |= {f"{name}/{path}": raw for path, raw in tree(place).items()}
            elif place.exists():
                found[name] = place.read_bytes()
        return found

    def restore(self, before: Files, configuration: dict[str, object]) -> None:
        """The author's files as they were."""
        now = self.sources()
        for path in now.keys() - before.keys():
            (self.root / path).unlink()
        for path, raw in before.items():
            if now.get(path) != raw:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_bytes(raw)
        self.configuration = configuration


Change = Callable[[World], None]


@dataclass(frozen=True)
class Step:
    """A change by its name. `weight`: how often it is drawn, beside the others."""

    name: str
    change: Change
    weight: float = 1.0


class Difference(Exception):
    """What is not as if built anew, in words."""


class NothingToDo(Exception):
    """The step needs what is not there."""


def draw(world: World, what: list[Path]) -> Path:
    """One of them; raises NothingToDo."""
    if not what:
        raise NothingToDo
    return world.chance.choice(what)


def begin(folder: Path, seed: int, story: Callable[[World], None]) -> World:
    """A publication in a new folder, with a copy of the program of its own and some stories."""
    world = World(folder / "publication", folder / "program", folder / "spare", random.Random(seed))  # noqa: S311
    shutil.copytree(REPOSITORY / "publisher", world.package / "publisher")
    for _ in range(10):
        story(world)
    world.configure("language", "en")
    pages = world.root / "content"
    write(pages / "pages/about.md", "---\ntitle: About us\nnav: 1\n---\n\nWho we are.\n")
    write(pages / "authors/ana.md", "---\ntitle: Ana Lund\nemail: ana@example.org\n---\n\nShe rows.\n")
    (pages / "images").mkdir()
    (pages / "images/quay.png").write_bytes(PICTURE)
    return world


def toml(values: Mapping[str, object]) -> str:
    """Dotted keys as tables; JSON's texts, numbers and lists are TOML's."""
    tables: dict[str, list[str]] = {"": []}
    for dotted, value in values.items():
        table, _, key = dotted.rpartition(".")
        tables.setdefault(table, []).append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    parts = ("\n".join([f"[{table}]" if table else "", *lines]) for table, lines in tables.items())
    return "\n".join(parts) + "\n"
