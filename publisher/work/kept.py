"""What one build read and made -> the next build in the same process, which then does only what is new.

`publish serve` keeps it. Everything is looked up by the values it was made from, so a build that keeps
gives what a build from scratch would give.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment

from publisher.arrange.resolve import Atlas, Resolved, resolve
from publisher.errors import PublishError
from publisher.model import Entry, Source, Template, Undated
from publisher.settings import Publication
from publisher.store.contents import Found, Gathered, gather
from publisher.store.history import first_commits, head
from publisher.templating import Postponing, environment

T = TypeVar("T")
Made = Entry | Undated | tuple[PublishError, ...]


class Kept:
    """Values of the last build. One build at a time may use it."""

    def __init__(self) -> None:
        self._publication: Publication | None = None
        self._sources: dict[Found, Source] = {}
        self._made: dict[Source, Made] = {}
        self._resolved: dict[str, tuple[Entry, Resolved]] = {}
        self._atlas: Atlas | None = None
        self._of_each: dict[tuple[str, str], tuple[Entry, Any]] = {}
        self._templates: Mapping[str, Template] = {}
        self._environment: Environment | None = None
        self._commits: tuple[bytes, tuple[str, ...], Mapping[str, datetime]] = (b"", (), {})

    def begin(self, publication: Publication) -> None:
        """Forgets everything when the configuration is another."""
        if publication != self._publication:
            self._sources, self._made, self._resolved, self._atlas, self._of_each = {}, {}, {}, None, {}
            self._publication = publication

    def forget(self, names: Iterable[str]) -> None:
        """Reads these files anew, whatever their times say: paths below `content/`, as the disk has them."""
        gone = frozenset(names)
        self._sources = {found: source for found, source in self._sources.items() if found.name not in gone}

    def gather(self, root: Path, found: tuple[Found, ...], limit: int) -> Gathered:
        """As `store.contents.gather`; reads only what is new, or has another size or time."""
        gathered = gather(root, tuple(each for each in found if each not in self._sources), limit)
        new = {source.path: source for source in gathered.sources}
        every = ((each, self._sources.get(each) or new.get(each.path)) for each in found)
        self._sources = {each: source for each, source in every if source}
        return Gathered(tuple(self._sources.values()), gathered.problems)

    def run(
        self, sources: Sequence[Source], compile_new: Callable[[Sequence[Source]], list[Made]]
    ) -> list[Made]:
        """What each source compiles to; `compile_new` is asked for the new ones."""
        new = [source for source in sources if source not in self._made]
        self._made |= zip(new, compile_new(new), strict=True)
        return [self._made[source] for source in sources]

    def keep_only(self, sources: Iterable[Source]) -> None:
        """Forgets what the others compile to."""
        self._made = {source: self._made[source] for source in sources if source in self._made}

    def commits(self, root: Path, paths: Sequence[str]) -> Mapping[str, datetime]:
        """As `first_commits`, which reads the whole history; asked again once there is a new commit."""
        asked = (head(root), tuple(paths))
        if self._commits[:2] != asked or not asked[0]:
            self._commits = (*asked, first_commits(root, paths))
        return self._commits[2]

    def resolve(
        self, entries: Iterable[Entry], places: Atlas, publication: Publication
    ) -> tuple[Resolved, ...]:
        """As `arrange.resolve.resolve` for each; only where it, or what there is, has changed."""
        known = self._resolved if places == self._atlas else {}
        done = {}
        for entry in entries:
            old = known.get(entry.card.path)
            result = old[1] if old and old[0] is entry else resolve(entry, places, publication)
            done[entry.card.path] = (entry, result)
        self._resolved, self._atlas = done, places
        return tuple(result for _, result in done.values())

    def of_each(self, what: str, entry: Entry, make: Callable[[Entry], T]) -> T:
        """What `make` gives for an entry, asked once for each; `make` must depend on the settings alone."""
        held = self._of_each.get((what, entry.card.path))
        if held is None or held[0] is not entry:
            held = self._of_each[what, entry.card.path] = (entry, make(entry))
        value: T = held[1]
        return value

    def environment(self, templates: Mapping[str, Template]) -> Environment:
        """The environment of these templates, in which pages are made when they are asked for."""
        if self._environment is None or templates != self._templates:
            self._templates, self._environment = templates, environment(templates, Postponing)
        return self._environment
