"""A file that a fix is about to rewrite in, its original bytes kept for good out: `.publish/journal/`.

Each fix has a number: `000001.before` holds the bytes, `000001.json` says whose they are. The second is
written last and makes the entry count. Nothing here is ever changed or removed by us.
"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.atomic import replace, sync_folder
from publisher.store.failures import naming

_FOLDER = Path(".publish", "journal")
_NUMBERED = re.compile(r"(\d{6,})\.(?:before|json)")


@dataclass(frozen=True, slots=True)
class Kept:
    """One fix: the file it changed (relative to the publication), the copy of what was in it, and why.

    `before` and `after` are the SHA-256 of the file around the fix.
    """

    number: int
    path: str
    copy: Path
    before: str
    after: str
    note: str


def record(root: Path, path: str, before: bytes, after: bytes, note: str) -> Kept:
    """Keeps `before`, safe on the disk, before the caller rewrites the file. Raises PublishError."""
    folder = root / _FOLDER
    with naming(folder, "keep the original"):
        folder.mkdir(parents=True, exist_ok=True)
        number, copy = _new(folder)
        _save(copy, before)
        kept = Kept(number, path, copy, _digest(before), _digest(after), note)
        facts = {"schema": 1, "path": path, "before": kept.before, "after": kept.after, "note": note}
        content = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        replace(copy.with_suffix(".json"), content.encode(), durable=True)
        sync_folder(folder)
    return kept


def rewrite(file: Path, after: bytes) -> None:
    """Replaces the content in one step and keeps the mode; a link stays and its target changes.

    Raises PublishError.
    """
    with naming(file, "write it"):
        target = file.resolve(strict=True)
        replace(target, after, mode=target.stat().st_mode & 0o7777, durable=True)


def fix(root: Path, path: str, before: bytes, after: bytes, note: str) -> Kept:
    """`record`, then `rewrite`. Raises PublishError, too, if the file is no longer what `before` says."""
    with naming(path, "read it"):
        now = (root / path).read_bytes()
    if now != before:
        raise PublishError(path, "was changed while this ran", "run again")
    kept = record(root, path, before, after, note)
    rewrite(root / path, after)
    return kept


def entries(root: Path) -> tuple[Kept, ...]:
    """All fixes, the oldest first. Raises PublishError for an entry that is damaged."""
    folder = root / _FOLDER
    with naming(folder, "read the journal"):
        if not folder.is_dir():
            return ()
        numbers = sorted(n for file in folder.glob("*.json") if (n := _number(file.name)))
        return tuple(_entry(folder, number) for number in numbers)


def restore(root: Path, path: str) -> Kept:
    """Takes back the last fix of the file that is still there; called again, the one before it.

    Raises PublishError if there is none, if the file was edited since (the message names the copy), and
    if the copy is damaged.
    """
    ours = [kept for kept in entries(root) if kept.path == path]
    if not ours:
        raise PublishError(path, "no fix of this file is recorded", "`publish check --fix` makes them")
    with naming(path, "read it"):
        now = _digest((root / path).read_bytes())
    last = next((kept for kept in reversed(ours) if kept.after == now), None)
    if last is None and any(kept.before == now for kept in ours):
        raise PublishError(path, "is as it was before the first fix", "there is nothing to restore")
    if last is None:
        raise PublishError(path, "was edited since the last fix", f"the original is kept in {ours[-1].copy}")
    with naming(last.copy, "read the copy"):
        original = last.copy.read_bytes()
    if _digest(original) != last.before:
        raise PublishError(
            str(last.copy), "the copy of the original is damaged", "the file was left as it is"
        )
    rewrite(root / path, original)
    return last


def _new(folder: Path) -> tuple[int, Path]:
    """The next free number, taken."""
    number = max((_number(file.name) for file in folder.iterdir()), default=0)
    while True:
        number += 1
        copy = folder / f"{number:06}.before"
        try:
            copy.touch(exist_ok=False)
        except FileExistsError:
            continue
        return number, copy


def _save(copy: Path, content: bytes) -> None:
    try:
        with copy.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _number(name: str) -> int:
    """0 for a file that is none of ours."""
    return int(found[1]) if (found := _NUMBERED.fullmatch(name)) else 0


def _entry(folder: Path, number: int) -> Kept:
    file = folder / f"{number:06}.json"
    try:
        facts = json.loads(file.read_bytes())
        texts = [str(facts[name]) for name in ("path", "before", "after", "note")]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        hint = f"the original is in {number:06}.before; move both away to go on"
        raise PublishError(str(file), "a damaged entry of the journal", hint) from error
    path, before, after, note = texts
    return Kept(number, path, file.with_suffix(".before"), before, after, note)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
