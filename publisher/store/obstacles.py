"""The output folder and the paths to write in; links, foreign and old files that stand in their way out."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal

from publisher.errors import PublishError
from publisher.store.failures import refusal
from publisher.store.paths import ancestors, fold

Kind = Literal["nothing", "file", "folder", "link"]


class Tree:
    """What is at each path below the output folder `root`; asked once for each path.

    `files` are known to be files, if no link leads to them.
    """

    def __init__(self, root: Path, files: Iterable[str] = ()) -> None:
        self.root = root
        self._kinds: dict[str, Kind] = dict.fromkeys(files, "file")
        self._inside: dict[str, bool] = {"": True}

    def kind(self, path: str) -> Kind:
        """What is at `path`; links are not followed. Raises PublishError."""
        known = self._kinds.get(path)
        if known is None:
            try:
                known = self._kinds[path] = _kind(f"{self.root}/{path}")
            except OSError as error:
                raise refusal(self.shown(path), "read it", error) from error
        return known

    def inside(self, path: str) -> bool:
        """Whether all folders on the way to `path` are real ones, so that it cannot be elsewhere."""
        folder = path.rpartition("/")[0]
        known = self._inside.get(folder)
        if known is None:
            known = self._inside[folder] = self.kind(folder) == "folder" and self.inside(folder)
        return known

    def shown(self, path: str) -> str:
        return f"{self.root.name}/{path}"


def obstacles(tree: Tree, wanted: Collection[str], stale: Collection[str]) -> Iterator[PublishError]:
    """A problem for each thing that a build neither owns nor may remove. `stale` is what it will remove."""
    ours = {fold(path) for path in stale}
    parents = {path.rpartition("/")[0] for path in wanted} - {""}
    for folder in dict.fromkeys(each for parent in parents for each in (parent, *ancestors(parent))):
        kind = tree.kind(folder)
        if kind == "link":
            message = "a symbolic link where the site needs a folder"
            yield PublishError(tree.shown(folder), message, "remove it; nothing is written through links")
        elif kind == "file" and fold(folder) not in ours:
            message = "a file that publish did not make, where the site needs a folder"
            yield PublishError(tree.shown(folder), message, "move it away")
    for path in wanted:
        if tree.inside(path) and tree.kind(path) == "folder":
            for foreign in _files_below(tree, path, ours):
                message = (
                    f"a file that publish did not make, in a folder that has to become the file {path!r}"
                )
                yield PublishError(foreign, message, "move it away")


def in_the_way(stale: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Of the files to remove those that must go first, since a new file or folder takes their place."""
    files = {fold(path) for path in wanted}
    folders = {folder for path in files for folder in ancestors(path)}
    return sorted(
        path
        for path in stale
        if fold(path) in files or fold(path) in folders or not files.isdisjoint(ancestors(fold(path)))
    )


def _files_below(tree: Tree, path: str, ours: Collection[str]) -> Iterator[str]:
    for folder, _, names in os.walk(tree.root / path):
        for name in names:
            below = (Path(folder) / name).relative_to(tree.root).as_posix()
            if fold(below) not in ours:
                yield tree.shown(below)


def _kind(file: str) -> Kind:
    try:
        mode = os.lstat(file).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "file"
