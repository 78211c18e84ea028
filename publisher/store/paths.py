"""Paths of the site in, what is wrong with them out. Nothing here touches the disk."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from publisher.errors import PublishError
from publisher.store.atomic import TEMPORARY

MANIFEST = ".publish.json"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Names that open a device on Windows, whatever follows their first dot (learn.microsoft.com, "Naming
# Files, Paths, and Namespaces").
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])", re.IGNORECASE)
# What nearly all paths are like; these are fine.
_PLAIN = re.compile(
    r"(?:(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:[./]|\Z))[a-z0-9_-][a-z0-9._-]{0,200}(?:/(?!\Z)|\Z))+"
)


def fold(path: str) -> str:
    """Equal for two paths that a file system without case, or with one Unicode form, takes for one."""
    return path.casefold() if path.isascii() else _normal(_normal(path).casefold())


def ancestors(path: str) -> Iterator[str]:
    """`a/b/c.html` -> `a/b`, `a`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def fault(path: str) -> str:
    """Why `path` cannot be a file of the site, or '' if it can."""
    if _PLAIN.fullmatch(path):
        return ""
    if not path or path.startswith("/"):
        return "not a relative path"
    if "\\" in path:
        return "a backslash in the path"
    if _CONTROL.search(path):
        return "a control character in the path"
    return next((why for part in path.split("/") if (why := _part_fault(part))), "")


def clashes(paths: Iterable[str]) -> Iterator[PublishError]:
    """A problem for each path that is taken already, or that is a file where another needs a folder."""
    taken: dict[str, str] = {}
    for path in paths:
        key = fold(path)
        if key in taken:
            yield _same(path, taken[key])
        taken.setdefault(key, path)
    for path in taken.values():
        for folder in ancestors(fold(path)):
            if folder in taken:
                message = f"needs a folder where {taken[folder]!r} is a file"
                yield PublishError(path, message, "give one of the two another address")


def _same(path: str, other: str) -> PublishError:
    hint = "give one of the two another slug"
    if path == other:
        return PublishError(path, "two pages have this path", hint)
    return PublishError(path, f"differs from {other!r} in case or Unicode form only", hint)


def _part_fault(part: str) -> str:
    if part in {"", ".", ".."}:
        return f"{part!r} in the path"
    if _RESERVED.fullmatch(part.partition(".")[0].rstrip(" ")):
        return f"{part!r} is a reserved name on Windows"
    if fold(part) == MANIFEST or TEMPORARY.fullmatch(part):
        return f"{part!r} is kept for the build itself"
    try:
        long = len(part.encode()) > 255
    except UnicodeEncodeError:
        return "a lone surrogate in the path"
    return f"a name of more than 255 bytes ({part[:20]}…)" if long else ""


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)
