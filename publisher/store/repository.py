"""A folder in -> the files that change with each commit of the git repository around it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# HEAD is where a branch is named; its log has each commit, `shallow` is there until all of them are.
_NAMES = ("HEAD", "logs/HEAD", "shallow")
_MARK = "gitdir:"


def commit_files(root: Path) -> tuple[str, ...]:
    """Absolute paths, of which some are missing: there a repository may begin."""
    return tuple(map(str, _files(root.resolve())))


def _files(root: Path) -> Iterator[Path]:
    for folder in (root, *root.parents):
        place = folder / ".git"
        if place.is_dir():
            yield from (place / name for name in _NAMES)
            return
        yield place
        if place.is_file():
            with suppress(OSError, UnicodeDecodeError):
                yield from (_elsewhere(place) / name for name in _NAMES)
            return


def _elsewhere(place: Path) -> Path:
    """Of a worktree or submodule (gitrepository-layout(5)): the file says where its folder is."""
    return place.parent / place.read_text("utf-8").removeprefix(_MARK).strip()
