"""The pictures that articles may show -> what is to be made of them, and the files themselves, made once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.arrange.resolve import wanted_files
from publisher.errors import Problems, PublishError
from publisher.lazily import lazily
from publisher.model import Entry
from publisher.pictures.gallery import Gallery
from publisher.pictures.plan import SUFFIXES, Fault, Picture, Sheet, Variant, plan
from publisher.settings import ImageSettings
from publisher.store.assets import asset, asset_exists, asset_file
from publisher.store.pictures import recipes
from publisher.store.pictures.copies import Copy
from publisher.store.pictures.index import Index
from publisher.store.pictures.sealed import filled, size
from publisher.store.pictures.shelf import Shelf, digest, key
from publisher.work.crew import Crew
from publisher.work.place import Place, named

if TYPE_CHECKING:
    from publisher.store.pictures import encode, examine
else:
    encode = lazily("publisher.store.pictures.encode")
    examine = lazily("publisher.store.pictures.examine")


@dataclass(frozen=True, slots=True)
class Task:
    """A picture to look at, and then to make files of. It goes to another process as it is."""

    root: Path
    path: str
    settings: ImageSettings
    digest: str
    key: str
    shelf: Shelf
    picture: Picture | None = None
    sheet: Sheet | None = None

    @property
    def record(self) -> Path:
        """What was seen of it."""
        return self.shelf.root / f"{self.key}.json"

    @property
    def shown_size(self) -> int:
        """Bytes of what stands where there is only one address; 0 where it is not made yet."""
        if self.picture is None or self.sheet is None or not self.picture.variants:
            return size(self.root / self.path)
        return self.shelf.shown(self.key, self.sheet, self.picture.shown)

    def read(self) -> bytes:
        """Raises PublishError, also where the file is no longer the one that the key stands for."""
        raw = asset(self.root, self.path, self.settings.max_bytes)
        if raw is None or digest(raw) != self.digest:
            raise PublishError(self.path, "it was changed while this ran", "run the command again")
        return raw


@dataclass(frozen=True, slots=True)
class Hung:
    """The pictures of a place that can be shown, and the task of each one's making, by path."""

    gallery: Gallery = field(default_factory=Gallery)
    tasks: Mapping[str, Task] = field(default_factory=dict)

    def converts(self, path: str) -> bool:
        """Whether other files stand for the one at `path`."""
        return path in self.tasks and bool(_variants(self.tasks[path]))


def hang(place: Place, paths: Iterable[str], crew: Crew) -> Hung:
    """Looks at each picture that nobody has looked at. Raises Problems for files that cannot be read."""
    if not place.publication.images.responsive:
        return Hung()
    tasks, faults = _found(place, [path for path in sorted(paths) if path.lower().endswith(SUFFIXES)])
    seen = _seen(place, tasks, crew)
    hung: dict[str, Task] = {}
    for task in tasks:
        sheet = seen[task.key]
        if isinstance(sheet, Fault):
            faults[task.path] = sheet
        else:
            picture = plan(task.path, task.key, sheet, task.settings)
            hung[task.path] = replace(task, picture=picture, sheet=sheet)
    pictures = {path: task.picture for path, task in hung.items() if task.picture}
    sizes = {picture.shown.path: hung[path].shown_size for path, picture in pictures.items()}
    return Hung(Gallery(pictures, faults, sizes), hung)


def make(place: Place, hung: Hung, paths: Iterable[str], crew: Crew) -> None:
    """Makes the files of the pictures at `paths`; only what is not on the shelf.

    Raises Problems for pictures that cannot be encoded or were changed meanwhile.
    """
    tasks = [hung.tasks[path] for path in paths if path in hung.tasks]
    waiting = {task.key: task for task in tasks if not all(map(filled, _files(task)))}
    refused = [problem for problem in crew.run("pictures", _make, list(waiting.values())) if problem]
    if refused:
        raise Problems(named(place, problem) for problem in refused)


def develop(place: Place, entries: Iterable[Entry], crew: Crew) -> set[str]:
    """Makes all pictures that these entries may show, before anybody asks for their sizes.

    The names of their files on the shelf. Raises Problems.
    """
    hung = hang(place, existing(place, entries), crew)
    make(place, hung, hung.tasks, crew)
    return {file.name for task in hung.tasks.values() for file in (task.record, *_files(task))}


def existing(place: Place, entries: Iterable[Entry]) -> frozenset[str]:
    """Paths below `content/` that the entries may mean and where there is something to publish."""
    return frozenset(file for file in wanted_files(entries) if asset_exists(place.content, file))


def copies(hung: Hung, paths: Iterable[str]) -> tuple[Copy, ...]:
    """The files of the site for the pictures at `paths`; what is not made yet is made when asked for.

    `a.jpg` and `a.png` with the same bytes are made into the same files.
    """
    files = {
        variant.path: Copy(variant.path, file, partial(_make_late, task))
        for path in paths
        if (task := hung.tasks.get(path))
        for variant, file in zip(_variants(task), _files(task), strict=True)
    }
    return tuple(files.values())


def _found(place: Place, paths: Sequence[str]) -> tuple[list[Task], dict[str, Fault]]:
    """A task for each file that is small enough; why the others are not."""
    settings, shelf = place.publication.images, Shelf(place.state / "images")
    index, tasks, faults = Index(shelf), [], {}
    problems: list[PublishError] = []
    for path in paths:
        read = partial(_read, place.content, path, settings.max_bytes)
        try:
            file = asset_file(place.content, path)
            length = size(file)
            if length > settings.max_bytes:
                message = f"it has {length:,} bytes, more than images.max_bytes = {settings.max_bytes:,}"
                faults[path] = Fault("IM005", message)
                continue
            content = index.digest(path, file, read)
        except PublishError as problem:
            problems.append(named(place, problem))
            continue
        made_by = key(content, recipes.ENCODED, settings)
        tasks.append(Task(place.content, path, settings, content, made_by, shelf))
    if problems:
        raise Problems(problems)
    index.save(lambda path: (place.content / path).exists())
    return tasks, faults


def _read(root: Path, path: str, limit: int) -> bytes:
    return asset(root, path, limit) or b""


def _seen(place: Place, tasks: Iterable[Task], crew: Crew) -> dict[str, Sheet | Fault]:
    """What is known of each picture, by key; those that nobody has looked at are looked at now."""
    seen: dict[str, Sheet | Fault] = {}
    unknown: dict[str, Task] = {}
    for task in tasks:
        record = task.shelf.record(task.key)
        if known := record.sheet or record.fault:
            seen[task.key] = known
        else:
            unknown[task.key] = task
    problems: list[PublishError] = []
    looked = crew.run("looking at pictures", _look, list(unknown.values()))
    for task, result in zip(unknown.values(), looked, strict=True):
        if isinstance(result, PublishError):
            problems.append(named(place, result))
        else:
            seen[task.key] = result
    if problems:
        raise Problems(problems)
    return seen


def _look(task: Task) -> Sheet | Fault | PublishError:
    try:
        seen = examine.examine(task.read(), task.settings.max_pixels)
        task.shelf.note(task.key, seen)
    except PublishError as problem:
        return _of_picture(task, problem)
    return seen


def _make(task: Task) -> PublishError | None:
    try:
        assert task.picture and task.sheet  # noqa: S101 - `make` is given what `hang` has planned
        shown = 0
        for variant, content in encode.encode(task.read(), task.picture, task.sheet.flat):
            task.shelf.put(task.shelf.file(task.key, variant).name, content)
            shown = len(content) if variant == task.picture.shown else shown
        task.shelf.note(task.key, task.sheet, shown)
    except PublishError as problem:
        return _of_picture(task, problem)
    except Exception as error:  # encoders raise whatever they stumble over
        hint = "save it anew with another program"
        return PublishError(task.path, f"the picture cannot be converted ({error})", hint)
    return None


def _of_picture(task: Task, problem: PublishError) -> PublishError:
    """The problem, if it is the picture's. Raises that of the shelf: it would be every picture's."""
    if problem.where != task.path:
        raise problem
    return problem


def _make_late(task: Task) -> None:
    if problem := _make(task):
        raise problem


def _variants(task: Task) -> tuple[Variant, ...]:
    return task.picture.variants if task.picture else ()


def _files(task: Task) -> list[Path]:
    return [task.shelf.file(task.key, variant) for variant in _variants(task)]
