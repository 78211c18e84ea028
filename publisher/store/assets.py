"""The path of a picture below `content/` in, its bytes out."""

import stat
from pathlib import Path
from unicodedata import normalize

from publisher.store.contents import SUFFIXES
from publisher.store.failures import naming
from publisher.store.reading import follow, read_within


def asset(root: Path, path: str, limit: int) -> bytes | None:
    """The file at `path` (relative to `root`, the content folder), or None where there is none to publish.

    None too for hidden files, articles, folders and paths that climb out. Raises PublishError at `path`
    for a link that leads out of `content/`, more than `limit` bytes, and what cannot be read.
    """
    root = root.resolve()
    file = _locate(root, path)
    if file is None:
        return None
    with naming(path, "read it"):
        target = follow(root, file, path)
    return read_within(root, target, path, limit)


def asset_exists(root: Path, path: str) -> bool:
    """Whether `asset` would find a file there, whatever else may be wrong with it."""
    return _locate(root.resolve(), path) is not None


def _locate(root: Path, path: str) -> Path | None:
    """The path as it is written, else in the other Unicode form: disks written by macOS have it in NFD."""
    parts = path.split("/")
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    if path.casefold().endswith(SUFFIXES):
        return None
    spellings = [path] if path.isascii() else [path, normalize("NFC", path), normalize("NFD", path)]
    return next((root / each for each in spellings if _is_file(root / each)), None)


def _is_file(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except (OSError, UnicodeEncodeError):
        return False
