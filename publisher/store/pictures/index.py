"""Files in -> the digest of each one's bytes out; what has not changed since is not even read.

A file counts as unchanged if size, times and inode are those of the last look (as in git's index). A look
waits until the file's own clock tick has passed, so that no later change can have the same times.
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from publisher.store.pictures.sealed import opened
from publisher.store.pictures.shelf import INDEX, Shelf, digest

_TICK = 20_000_000  # nanoseconds; file systems tick every 1 to 10 ms
_Mark = tuple[int, int, int, int, str]


class Index:
    """What is known of files, by path. Damage is the same as nothing known."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._old: dict[str, _Mark] = _read(shelf.root / INDEX)
        self._new: dict[str, _Mark] = {}

    def digest(self, path: str, file: Path, read: Callable[[], bytes]) -> str:
        """Of the bytes that `read` gives for `file`. Raises OSError, and what `read` raises."""
        seen = _stat(file)
        known = self._old.get(path)
        if known is None or known[:4] != seen:
            _pass_tick(seen[2])
            known = (*seen, digest(read()))
        self._new[path] = known
        return known[4]

    def save(self, exists: Callable[[str], bool]) -> None:
        """Writes what is new; of the rest what still exists stays. Raises PublishError."""
        if any(self._old.get(path) != mark for path, mark in self._new.items()):
            kept = {path: mark for path, mark in self._old.items() if path not in self._new and exists(path)}
            self._shelf.put(INDEX, msgspec.json.encode(kept | self._new, order="sorted"))


def _read(file: Path) -> dict[str, _Mark]:
    try:
        return msgspec.json.decode(opened(file) or b"", type=dict[str, _Mark])
    except msgspec.MsgspecError:
        return {}


def _stat(file: Path) -> tuple[int, int, int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _pass_tick(changed: int) -> None:
    age = time.time_ns() - changed
    if 0 <= age < _TICK:
        time.sleep((_TICK - age) / 1e9)
