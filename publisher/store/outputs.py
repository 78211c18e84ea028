"""All files of the site in, the output folder made equal to them out.

The lock of the publication keeps other builds away meanwhile. Each file is replaced whole, in an order
in which nothing points at what is not there yet; removals come last. Files that no build of ours has
recorded stay, unless an output has their very path.
"""

import errno
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from publisher.errors import Problems, PublishError
from publisher.model import Output
from publisher.store.atomic import replace, sweep
from publisher.store.failures import naming
from publisher.store.manifest import Manifest, read_manifest, write_manifest
from publisher.store.obstacles import Tree, in_the_way, obstacles
from publisher.store.paths import ancestors, clashes, fault
from publisher.store.pictures.copies import Copy
from publisher.templating import Later

# Folders of pages that list articles: the articles come before them.
_LISTS = frozenset(
    ("archive", "author", "authors", "newsletter", "page", "search", "section", "sections", "tag", "tags")
)
_FEEDS = (".xml", ".atom", ".rss", ".json")


@dataclass(frozen=True, slots=True)
class Written:
    """The paths a build made, changed, left as they were and removed; each sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


_State = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What there is to do. Of the old files `first` must go before the new ones come, `last` after them."""

    tree: Tree
    states: Mapping[_State, list[Output]]
    first: list[str]
    last: list[str]
    before: Manifest
    after: Manifest

    @property
    def idle(self) -> bool:
        return not (self.states["new"] or self.states["changed"] or self.first or self.last)


def write(
    root: Path,
    outputs: tuple[Output, ...],
    ready: Callable[[], None] = lambda: None,
    unchanged: Collection[str] = (),
) -> Written:
    """Makes the folder `root` hold `outputs`. Where nothing differs, nothing is written.

    `ready` is called when nothing but the disk can refuse any more, before the first file is touched.
    `unchanged` are paths whose files are known to be as they should; nobody asks for their content.

    Raises PublishError or Problems before anything is written: bad, double and clashing paths, links or
    foreign files in the way, a damaged manifest. While it writes: PublishError naming the file that the
    system refuses; all files are whole then, and the next run completes the work.
    """
    refuse_paths(outputs)
    plan = _plan(root.resolve(), outputs, unchanged)
    ready()
    _sweep(plan)
    removed = [] if plan.idle else _apply(plan)
    if plan.after.files or plan.before.files:
        write_manifest(plan.tree.root, plan.after)
    new, changed, unchanged = (tuple(output.path for output in each) for each in plan.states.values())
    return Written(new, changed, unchanged, tuple(sorted(removed)))


def refuse_paths(outputs: Iterable[Output]) -> None:
    """Raises Problems: paths that leave the folder or that some system cannot hold, and those that clash."""
    paths = [output.path for output in outputs]
    bad = {path: why for path in paths if (why := fault(path))}
    hint = "give the page another address"
    problems = [PublishError(p if p.isprintable() else ascii(p), why, hint) for p, why in bad.items()]
    problems += clashes(path for path in paths if path not in bad)
    if problems:
        raise Problems(problems)


def rank(path: str, new: bool = False) -> int:
    """The place in the order of writing: 0 assets, 1 articles, 2 lists, 3 feeds, 4 what crawlers read.

    A `new` feed of a part of the site comes with the assets: pages point at it, and nobody reads it yet.
    """
    name = path.rpartition("/")[2]
    if name.startswith("sitemap") or path == "robots.txt":
        return 4
    if name.endswith(_FEEDS):
        return 0 if new and "/" in path else 3
    if name.endswith(".html"):
        return 2 if path in {"index.html", "404.html"} or path.partition("/")[0] in _LISTS else 1
    return 0


def _plan(root: Path, outputs: tuple[Output, ...], unchanged: Collection[str]) -> _Plan:
    before = read_manifest(root) or Manifest()
    after = Manifest(frozenset(output.path for output in outputs))
    stale = before.files - after.files
    tree = Tree(root, unchanged)
    if problems := [*obstacles(tree, after.files, stale)]:
        raise Problems(problems)
    first = in_the_way(stale, after.files)
    states: dict[_State, list[Output]] = {"new": [], "changed": [], "unchanged": []}
    for output in sorted(outputs, key=lambda output: output.path):
        known = output.path in unchanged and tree.inside(output.path)
        states["unchanged" if known else _state(tree, output)].append(output)
    return _Plan(tree, states, first, sorted(stale.difference(first)), before, after)


def _state(tree: Tree, output: Output) -> _State:
    kind = tree.kind(output.path)
    if kind == "file":
        with naming(tree.shown(output.path), "read it"):
            return "unchanged" if _like(tree.root / output.path, output) else "changed"
    return "changed" if kind == "link" else "new"


def _like(file: Path, output: Output) -> bool:
    if isinstance(output, Copy) and output.like(file):
        return True
    if isinstance(output, Later) and file.stat().st_size != output.size:
        return False
    return file.read_bytes() == output.content


def _apply(plan: _Plan) -> list[str]:
    root = plan.tree.root
    with naming(root, "make the folder"):
        root.mkdir(parents=True, exist_ok=True)
    # Recorded before the first is there: a build that is killed leaves nothing that nobody owns.
    write_manifest(root, Manifest(plan.before.files | plan.after.files, complete=False))
    removed = [path for path in plan.first if _remove(plan.tree, path)]
    made: set[Path] = set()
    for output in _in_order(plan):
        _put(plan.tree, output, made)
    return removed + [path for path in plan.last if _remove(plan.tree, path)]


def _in_order(plan: _Plan) -> list[Output]:
    """By rank; within one, files that are new before those that change and may point at them."""
    key = [
        (rank(o.path, state == "new"), state, o.path, o)
        for state in ("new", "changed")
        for o in plan.states[state]
    ]
    return [output for *_, output in sorted(key, key=lambda each: (each[0], each[1] == "changed", each[2]))]


def _put(tree: Tree, output: Output, made: set[Path]) -> None:
    file = tree.root / output.path
    with naming(tree.shown(output.path), "write it"):
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        if tree.kind(output.path) == "folder":
            _remove_empty(file)
        replace(file, output.content)
        if isinstance(output, Copy):
            times = output.file.stat()
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _remove(tree: Tree, path: str) -> bool:
    """Removes a file of ours and the folders that are empty without it; whether it was there.

    Never through a link, and never a folder that somebody has put in the place of the file.
    """
    there = tree.inside(path) and tree.kind(path) in {"file", "link"}
    with naming(tree.shown(path), "remove it"):
        if there:
            (tree.root / path).unlink(missing_ok=True)
        for folder in ancestors(path):
            if tree.inside(folder) and tree.kind(folder) == "folder" and not _rmdir(tree.root / folder):
                break
    return there


def _rmdir(folder: Path) -> bool:
    """Removes the folder if it is empty; whether it is gone."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError as error:
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
            return False
        raise
    return True


def _remove_empty(folder: Path) -> None:
    """Removes what an old file of ours has left of a folder; a file takes its place."""
    if folder.is_dir() and not folder.is_symlink():
        for each, _, _ in os.walk(folder, topdown=False):
            Path(each).rmdir()


def _sweep(plan: _Plan) -> None:
    """Temporary files of a build that was killed: it has left the manifest incomplete, but for the first."""
    tree = plan.tree
    paths = () if plan.before.complete else plan.before.files | plan.after.files
    folders = {path.rpartition("/")[0] for path in paths} - {""}
    with naming(tree.root, "clear the folder"):
        if tree.root.is_dir():
            sweep(tree.root)
        for folder in sorted(folders):
            if tree.inside(folder) and tree.kind(folder) == "folder":
                sweep(tree.root / folder)
