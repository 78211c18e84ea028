"""A publication's folders -> the files that have changed, as soon as they have."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from publisher.store.atomic import TEMPORARY
from publisher.store.sources import FOLDER
from publisher.work.place import Place

# Milliseconds without a further change after which those before are told. An editor writes at once.
_STEP = 10
_LONGEST = 200


class _Kept(DefaultFilter):
    """Not: version control, caches, swap files of editors, and what we have half written."""

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and not TEMPORARY.fullmatch(Path(path).name)


def watched(root: Path, place: Place | None, theme: Path | None) -> tuple[Path, ...]:
    """The folders to watch with all below them: content, templates, sources and the theme."""
    own = (place.content, place.templates) if place else (root / "content", root / "templates")
    every = (*own, root / FOLDER, *((theme,) if theme else ()))
    return tuple(dict.fromkeys(folder.resolve() for folder in every if folder.is_dir()))


async def changes(folders: tuple[Path, ...]) -> AsyncIterator[frozenset[Path]]:
    """Files below the folders that have changed, been made or gone. Ends when it is cancelled."""
    async for found in awatch(
        *folders, watch_filter=_Kept(), debounce=_LONGEST, step=_STEP, rust_timeout=500
    ):
        yield frozenset(Path(path) for _, path in found)


async def top_changes(
    folders: tuple[Path, ...], relevant: Callable[[Path], bool]
) -> AsyncIterator[frozenset[Path]]:
    """Files and folders right in `folders` (the configuration; a new templates/) that have changed."""
    async for found in awatch(
        *folders,
        watch_filter=lambda _change, path: relevant(Path(path)),
        debounce=_LONGEST,
        step=_STEP,
        recursive=False,
        rust_timeout=500,
    ):
        yield frozenset(Path(path) for _, path in found)
