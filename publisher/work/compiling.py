"""The content folder -> one Entry for each article, remembered from build to build; all problems at once."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

from publisher.entry import compile_source
from publisher.errors import Problems, PublishError
from publisher.model import Dated, Entry, Source, Undated
from publisher.settings import Publication
from publisher.store.contents import Found, gather, look
from publisher.store.history import first_commits
from publisher.store.memo import Memo, decode, encode, key, settings_digest, stamp
from publisher.work.place import Place, named

Progress = Callable[[str, int, int], None]
Made = Entry | Undated | tuple[PublishError, ...]
# Below this many articles a second process costs more than it saves.
_WORTH_A_POOL = 48


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every article of the content folder: as a source and as an entry, both by path."""

    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]


def compile_all(place: Place, jobs: int = 0, progress: Progress | None = None) -> Compiled:
    """Every article as an entry. `jobs` processes (0: one for each core) give the same result.

    Raises Problems with those of all files, their paths seen from the publication's folder.
    """
    survey = look(place.content)
    gathered = gather(place.content, survey.found, place.publication.max_bytes)
    problems: list[PublishError] = [*survey.problems, *gathered.problems]
    runner = _Runner(place, jobs or cores(), progress or _silent)
    made = runner.run(gathered.sources)
    undated = [source for source, each in zip(gathered.sources, made, strict=True) if isinstance(each, Undated)]
    dated = {source.path: source for source in _dated(place, undated, survey.found)}
    again = dict(zip(dated, runner.run(tuple(dated.values())), strict=True))
    entries: list[Entry] = []
    for source, first in zip(gathered.sources, made, strict=True):
        result = again.get(source.path, first)
        if isinstance(result, Entry):
            entries.append(result)
        elif isinstance(result, tuple):
            problems.extend(result)
    if problems:
        raise Problems(named(place, problem) for problem in problems)
    runner.remember()
    sources = tuple(dated.get(source.path, source) for source in gathered.sources)
    return Compiled(sources, tuple(entries))


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _silent(_what: str, _done: int, _total: int) -> None:
    return None


def _dated(place: Place, undated: Iterable[Source], found: Iterable[Found]) -> Iterator[Source]:
    """Sources without a date of their own, with that of their first commit, else of their last change."""
    waiting = tuple(undated)
    if not waiting:
        return
    modified = {each.path: each.modified for each in found}
    commits = first_commits(place.content, [source.path for source in waiting])
    for source in waiting:
        commit = commits.get(source.path)
        fallback = Dated(commit, "commit") if commit else Dated(modified[source.path], "modified")
        yield replace(source, fallback=fallback)


class _Runner:
    """Compiles what the memo does not know, in this process or in several."""

    def __init__(self, place: Place, jobs: int, progress: Progress) -> None:
        self.publication = place.publication
        self.jobs = jobs
        self.progress = progress
        self.memo = Memo(place.state / "memo.sqlite")
        self.key = partial(key, settings=settings_digest(self.publication), stamp=stamp())
        self.new: dict[bytes, bytes] = {}
        self.used: set[bytes] = set()

    def run(self, sources: Sequence[Source]) -> list[Made]:
        """One result for each source, in their order."""
        keys = [self.key(source) for source in sources]
        stored = self.memo.get_many(keys)
        known = {k: value for k in keys if k in stored and (value := decode(stored[k])) is not None}
        self.used |= known.keys()
        missing = [(k, source) for k, source in zip(keys, sources, strict=True) if k not in known]
        fresh: dict[bytes, Made] = {}
        for done, ((k, _), result) in enumerate(zip(missing, self._compile(missing), strict=True), 1):
            fresh[k] = result
            self.progress("articles", done, len(missing))
            if not isinstance(result, tuple):
                self.new[k] = encode(result)
        return [fresh[k] if k in fresh else known[k] for k in keys]

    def remember(self) -> None:
        self.memo.put_many(self.new, self.used | self.new.keys())

    def _compile(self, missing: Sequence[tuple[bytes, Source]]) -> Iterator[Made]:
        one = partial(_compiled, publication=self.publication)
        sources = [source for _, source in missing]
        if self.jobs == 1 or len(sources) < _WORTH_A_POOL:
            yield from map(one, sources)
            return
        chunk = max(1, min(32, len(sources) // (self.jobs * 4)))
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("fork")) as pool:
            yield from pool.map(one, sources, chunksize=chunk)


def _compiled(source: Source, publication: Publication) -> Made:
    """The entry, or what is wrong with the article: an error must not stop the others."""
    try:
        return compile_source(source, publication)
    except Problems as several:
        return several.problems
    except PublishError as problem:
        return (problem,)
