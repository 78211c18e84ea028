"""The folder `content/` in, one Source for each article out; all that cannot be read is named at once."""

import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unicodedata import normalize

from publisher.errors import Problems, PublishError
from publisher.model import Source
from publisher.store.decoding import decode
from publisher.store.failures import refusal
from publisher.store.paths import fold
from publisher.store.reading import follow, read_within

SUFFIXES = (".md", ".markdown", ".txt")
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """An article's file. `path` is below `content/`, in NFC; `name` the same as the disk spells it.

    `size` in bytes, times since 1970 and `number` are the file's own, also where a link leads to it;
    `changed_ns` is when anything of it was changed last, its times and rights included.
    """

    path: str
    name: str
    size: int
    modified_ns: int
    changed_ns: int = 0
    number: int = 0

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """What differs as soon as somebody has written to the file."""
        return self.size, self.modified_ns, self.changed_ns, self.number

    @property
    def modified(self) -> datetime:
        """The modification time, in UTC, to the second."""
        return _EPOCH + timedelta(seconds=self.modified_ns // 1_000_000_000)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in `content/`, by path, and what is wrong with it."""

    found: tuple[Found, ...]
    problems: tuple[PublishError, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sources that could be read, by path, and the problems of those that could not."""

    sources: tuple[Source, ...]
    problems: tuple[PublishError, ...]


def find(root: Path) -> tuple[Found, ...]:
    """The articles below `root`, the content folder, by path. Raises Problems with all there are."""
    survey = look(root)
    if survey.problems:
        raise Problems(survey.problems)
    return survey.found


def look(root: Path) -> Survey:
    """As `find`, but a file that is no good does not hide the others. Names with a dot first are skipped.

    A link to a folder inside `content/` is not followed: its files are found where they are.
    """
    root = root.resolve()
    found: list[Found] = []
    problems: list[PublishError] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            problems.append(_unreadable(root, folder, error))
            continue
        for entry in visible:
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                elif article := _article(root, folder, entry):
                    found.append(article)
            except PublishError as problem:
                problems.append(problem)
            except OSError as error:
                problems.append(refusal(_shown(folder + entry.name), "read it", error))
    found.sort(key=lambda each: (each.path, each.name))
    return Survey(tuple(found), (*problems, *_twins(found)))


def read(root: Path, found: Found, limit: int) -> Source:
    """The text of one article of at most `limit` bytes. Raises PublishError with its path and line."""
    return _read(root.resolve(), found, limit)


def gather(root: Path, found: tuple[Found, ...], limit: int) -> Gathered:
    """All that can be read, and a problem for each that cannot."""
    root = root.resolve()
    sources: list[Source] = []
    problems: list[PublishError] = []
    for each in found:
        try:
            sources.append(_read(root, each, limit))
        except PublishError as problem:
            problems.append(problem)
    return Gathered(tuple(sources), tuple(problems))


def _read(root: Path, found: Found, limit: int) -> Source:
    return Source(found.path, decode(found.path, read_within(root, root / found.name, found.path, limit)))


def _article(root: Path, folder: str, entry: os.DirEntry[str]) -> Found | None:
    name = folder + entry.name
    where = _shown(name)
    is_article = entry.name.casefold().endswith(SUFFIXES)
    status = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode) and (is_article or entry.is_dir()):
        status = follow(root, Path(entry.path), where).stat()
        is_article = is_article and not stat.S_ISDIR(status.st_mode)
    if not is_article:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise PublishError(where, "not a regular file (a pipe, socket or device)", "remove it")
    if where != name:
        raise PublishError(where, "a control character, or what is not UTF-8, in the name", "rename it")
    times = status.st_mtime_ns, status.st_ctime_ns
    return Found(normalize("NFC", name), name, status.st_size, *times, status.st_ino)


def _twins(found: list[Found]) -> list[PublishError]:
    first: dict[str, Found] = {}
    problems = []
    for each in found:
        other = first.setdefault(fold(each.path), each)
        if other is not each:
            message = f"differs from {other.path!r} in case or Unicode form only"
            problems.append(PublishError(each.path, message, "rename one of the two"))
    return problems


def _unreadable(root: Path, folder: str, error: OSError) -> PublishError:
    if not folder and isinstance(error, FileNotFoundError):
        return PublishError(f"{root.name}/", "there is no such folder", "`publish init` makes one")
    return refusal(_shown(folder) or f"{root.name}/", "read the folder", error)


def _shown(name: str) -> str:
    """A name fit for a message: what is not UTF-8, breaks the line or turns its direction is escaped."""
    clean = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _UNSHOWABLE.sub(lambda found: found.group().encode("unicode_escape").decode(), clean)
