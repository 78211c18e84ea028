"""The path of a picture or download below `content/` in, its bytes out."""

import stat
from pathlib import Path
from unicodedata import normalize

from publisher.errors import PublishError
from publisher.store.contents import SUFFIXES
from publisher.store.drawings import harmless
from publisher.store.failures import naming
from publisher.store.reading import follow, read_within

# What may lie under the site's own address: nothing of it runs in a browser. An `.svg` is looked into.
KINDS = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"),
    *(".pdf", ".csv", ".tsv", ".json", ".xlsx", ".docx", ".odt", ".ods", ".epub", ".zip"),
    *(".mp3", ".ogg", ".opus", ".m4a", ".wav", ".mp4", ".webm", ".vtt"),
)
_MOST_DRAWN = 5_000_000  # bytes of an SVG file that are looked through; no larger one is published


def asset(root: Path, path: str, limit: int) -> bytes | None:
    """The file at `path` (relative to `root`, the content folder), or None where there is none to publish.

    None too for hidden files, articles, kinds that are not published, folders and paths that climb out.
    Raises PublishError at `path` for a link that leads out of `content/`, more than `limit` bytes, and
    what cannot be read.
    """
    root = root.resolve()
    file = _locate(root, path)
    if file is None or not _publishable(file):
        return None
    with naming(path, "read it"):
        target = follow(root, file, path)
    return read_within(root, target, path, limit)


def asset_file(root: Path, path: str) -> Path:
    """Where the file that `asset` would read really lies. Raises PublishError at `path`, also for none."""
    root = root.resolve()
    file = _locate(root, path)
    if file is None:
        raise PublishError(path, "it is no longer there", "run the command again")
    with naming(path, "read it"):
        return follow(root, file, path)


def asset_exists(root: Path, path: str) -> bool:
    """Whether `asset` would find a file there, whatever else may be wrong with it."""
    file = _locate(root, path)
    return file is not None and _publishable(file)


def asset_barred(root: Path, path: str) -> bool:
    """Whether a file is there that is not published for what it is: a page, a script, an active drawing."""
    file = _locate(root, path)
    return file is not None and not _publishable(file)


def _locate(root: Path, path: str) -> Path | None:
    """The path as it is written, else in the other Unicode form: disks written by macOS have it in NFD."""
    parts = path.split("/")
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    if path.casefold().endswith(SUFFIXES):
        return None
    spellings = [path] if path.isascii() else [path, normalize("NFC", path), normalize("NFD", path)]
    return next((root / each for each in spellings if _is_file(root / each)), None)


def _publishable(file: Path) -> bool:
    suffix = file.suffix.casefold()
    if suffix != ".svg":
        return suffix in KINDS
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MOST_DRAWN + 1)
    except OSError:
        return True  # `asset` says what is wrong
    return len(raw) <= _MOST_DRAWN and harmless(raw)


def _is_file(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except (OSError, UnicodeEncodeError):
        return False
