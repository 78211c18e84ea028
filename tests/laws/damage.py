"""Steps that spoil what builds remember and what they wrote, and steps that change the program."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.laws.world import NothingToDo, Step, World, draw
from tests.work.projects import write

# What is no memory: the ledger and its keys are precious, locks hold nothing.
_PRECIOUS = ("ledger.sqlite", "keys.json", "lock", "journal")
_MANIFEST = ".publish.json"


def memories(state: Path) -> list[Path]:
    """The files of `.publish/` that may be lost or damaged at any time."""
    files = (file for file in sorted(state.rglob("*")) if file.is_file())
    return [file for file in files if not file.relative_to(state).as_posix().startswith(_PRECIOUS)]


def _flipped(world: World, raw: bytes) -> bytes:
    spoilt = bytearray(raw or b"\0")
    spoilt[world.chance.randrange(len(spoilt))] ^= 1 << world.chance.randrange(8)
    return bytes(spoilt)


HARMS: dict[str, Callable[[World, bytes], bytes]] = {
    "cut": lambda world, raw: raw[: world.chance.randrange(len(raw) + 1)],
    "flipped": _flipped,
    "emptied": lambda _, raw: b"",
    "grown": lambda _, raw: raw + raw[:100] + b"more",
    "zeroed": lambda _, raw: bytes(len(raw)),
}


def harm(world: World, file: Path) -> str:
    """Damages a file, or replaces it by another's; says how."""
    kinds = [*HARMS, "lost", "swapped"]
    kind = world.chance.choice(kinds)
    if kind == "lost":
        file.unlink()
    elif kind == "swapped":
        others = [each for each in memories(world.state) if each.suffix == file.suffix]
        file.write_bytes(world.chance.choice(others).read_bytes())
    else:
        file.write_bytes(HARMS[kind](world, file.read_bytes()))
    return kind


def _memory(world: World) -> None:
    """One of the few large ones as often as one of the many small ones."""
    files = memories(world.state)
    large = [file for file in files if file.parent == world.state]
    harm(world, draw(world, large if world.chance.random() < 0.6 else files))


def _all_memories(world: World) -> None:
    for file in memories(world.state):
        harm(world, file) if file.exists() else None


def _forgotten(world: World) -> None:
    for file in memories(world.state):
        file.unlink()


def _kept(world: World) -> None:
    """A copy of memories and outputs, for later."""
    shutil.rmtree(world.spare, ignore_errors=True)
    world.spare.mkdir()
    for file in memories(world.state):
        target = world.spare / "state" / file.relative_to(world.state)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    if world.site.is_dir():
        others = shutil.ignore_patterns("somebody-*")
        shutil.copytree(world.site, world.spare / "site", symlinks=True, ignore=others)


def _old_memory(world: World) -> None:
    """One memory, or all, of an earlier day."""
    old = [file for file in sorted((world.spare / "state").rglob("*")) if file.is_file()]
    chosen = old if world.chance.random() < 0.3 else [draw(world, old)]
    for file in chosen:
        target = world.state / file.relative_to(world.spare / "state")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)


def _old_site(world: World) -> None:
    """The outputs of an earlier day, as somebody may bring them back."""
    if not (world.spare / "site").is_dir():
        raise NothingToDo
    shutil.rmtree(world.site, ignore_errors=True)
    shutil.copytree(world.spare / "site", world.site, symlinks=True)
    world.foreign = {}


def outputs(world: World) -> list[Path]:
    """What builds wrote, but for the list of it."""
    files = sorted(world.site.rglob("*")) if world.site.is_dir() else []
    own = (file for file in files if file.name != _MANIFEST and file.is_file())
    return [file for file in own if file.relative_to(world.site).as_posix() not in world.foreign]


def _spoilt(world: World) -> None:
    for _ in range(world.chance.randrange(1, 6)):
        file = draw(world, outputs(world))
        kind = world.chance.choice([*HARMS, "lost", "linked"])
        if kind in HARMS:
            file.write_bytes(HARMS[kind](world, file.read_bytes()))
            continue
        file.unlink()
        if kind == "linked":
            file.symlink_to(world.root / "publish.toml")


def _removed(world: World) -> None:
    shutil.rmtree(world.site, ignore_errors=True)
    world.foreign = {}


def _foreign(world: World) -> None:
    """Somebody else's file among the outputs: it stays."""
    if not world.site.is_dir():
        raise NothingToDo
    name = f"somebody-{world.number()}.txt"
    write(world.site / name, "Not ours.\n")
    world.foreign[name] = b"Not ours.\n"


_VERSIONS = (
    ("publisher/theme/style.css", "", "\n/* {} */\n"),
    ("publisher/theme/base.html", "</body>", "<!-- {} --></body>"),
    ("publisher/theme/partials/byline.html", "", "<!-- {} -->\n"),
    ("publisher/theme/newsletter/item.mjml", "", "<!-- {} -->\n"),
    ("publisher/entry.py", "_WORDS_PER_MINUTE = ", "_WORDS_PER_MINUTE = {} or "),
    ("publisher/site/words.toml", 'home = "', 'home = "{} '),
    ("publisher/site/front.py", "_ROW = ", "_ROW = {} % 3 + 2 or "),
    ("publisher/site/lists.py", "_PREVIEW = ", "_PREVIEW = {} % 5 + 2 or "),
    ("publisher/newsletter/issue.py", "_SUBJECT = ", "_SUBJECT = {} or "),
    ("publisher/model.py", '"""', '"""{} '),
)


def version(world: World) -> None:
    """Another program: a template of the theme, how long reading takes, a text that nothing depends on."""
    path, old, new = world.chance.choice(_VERSIONS)
    file = world.package / path
    if not file.exists():
        raise NothingToDo
    text, marked = file.read_text("utf-8"), new.format(100 + world.number())
    write(file, text.replace(old, marked, 1) if old else text + marked)
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        compiled.unlink()


STEPS: tuple[Step, ...] = (
    Step("a damaged memory", _memory, 8),
    Step("all memories damaged", _all_memories, 1),
    Step("all memories lost", _forgotten, 0.5),
    Step("memories kept aside", _kept, 2),
    Step("an old memory", _old_memory, 3),
    Step("an old site", _old_site, 1),
    Step("spoilt outputs", _spoilt, 3),
    Step("the site gone", _removed, 0.5),
    Step("a foreign file", _foreign, 0.5),
)
