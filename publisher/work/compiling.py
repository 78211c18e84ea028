"""The content folder -> one Entry for each article, remembered from build to build; all problems at once."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import Problems, PublishError
from publisher.lazily import lazily
from publisher.model import Dated, Entry, Source, Undated
from publisher.settings import LinkSettings, NewsletterSettings, Publication
from publisher.store.contents import Found, look
from publisher.store.history import first_commits
from publisher.store.memo import Memo
from publisher.store.packing import decode, encode
from publisher.store.stamp import fingerprint, key, stamp
from publisher.store.tables import load, save
from publisher.store.unread import Texts, dated, digest_of, whole
from publisher.work.kept import Kept, Made
from publisher.work.place import Place, named
from publisher.work.pool import pooled

if TYPE_CHECKING:
    from publisher import entry
else:
    entry = lazily("publisher.entry")

Progress = Callable[[str, int, int], None]
# Below this many articles a second process costs more than it saves.
_WORTH_A_POOL = 48


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every article of the content folder: as a source and as an entry, both by path.

    `names` has the path of each as the disk spells it, which may be another Unicode form. `notes` are
    what editors wrote for issues of newsletters.
    """

    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    notes: tuple[Entry, ...] = ()


def compile_all(
    place: Place, jobs: int = 0, progress: Progress | None = None, kept: Kept | None = None
) -> Compiled:
    """Every article as an entry. `jobs` processes (0: one for each core) give the same result.

    With `kept` only what is new since the last build in this process is read and compiled.

    Raises Problems with those of all files, their paths seen from the publication's folder.
    """
    texts, survey = Texts(place.state, time.time_ns()), look(place.content)
    own = kept.gather if kept else texts.gather
    gathered = own(place.content, survey.found, place.publication.max_bytes)
    problems: list[PublishError] = [*survey.problems, *gathered.problems]
    runner = _Runner(place, jobs or cores(), progress or _silent, kept)
    made = runner.run(gathered.sources)
    undated = [
        source for source, each in zip(gathered.sources, made, strict=True) if isinstance(each, Undated)
    ]
    commits = kept.commits if kept else first_commits
    later = {source.path: source for source in _dated(place, undated, survey.found, commits)}
    again = dict(zip(later, runner.run(tuple(later.values())), strict=True))
    entries: list[Entry] = []
    for source, first in zip(gathered.sources, made, strict=True):
        result = again.get(source.path, first)
        if isinstance(result, Entry):
            entries.append(result)
        elif isinstance(result, tuple):
            problems.extend(result)
    if kept:
        kept.keep_only((*gathered.sources, *later.values()))
    if problems:
        raise Problems(named(place, problem) for problem in problems)
    runner.remember()
    if runner.new and not kept:  # a build of nothing new writes nothing
        texts.save()
    notes = tuple(entry for entry in entries if entry.card.kind == "note")
    articles = tuple(entry for entry in entries if entry.card.kind != "note")
    paths = {entry.card.path for entry in articles}
    sources = tuple(later.get(each.path, each) for each in gathered.sources if each.path in paths)
    return Compiled(sources, articles, {each.path: each.name for each in survey.found}, notes)


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _silent(_what: str, _done: int, _total: int) -> None:
    return None


def _dated(
    place: Place,
    undated: Iterable[Source],
    found: Iterable[Found],
    ask: Callable[[Path, Sequence[str]], Mapping[str, datetime]],
) -> Iterator[Source]:
    """Sources without a date of their own, with that of their first commit, else of their last change."""
    waiting = tuple(undated)
    if not waiting:
        return
    modified = {each.path: each.modified for each in found}
    commits = ask(place.content, [source.path for source in waiting])
    for source in waiting:
        commit = commits.get(source.path)
        fallback = Dated(commit, "commit") if commit else Dated(modified[source.path], "modified")
        yield dated(source, fallback)


def _deciding(publication: Publication) -> Publication:
    """The settings without those that no article depends on."""
    return replace(
        publication,
        deploy=(),
        feeds=(),
        links=LinkSettings(),
        newsletter=NewsletterSettings(),
        newsletters=(),
    )


class _Runner:
    """Compiles what the memo does not know, in this process or in several."""

    def __init__(self, place: Place, jobs: int, progress: Progress, kept: Kept | None) -> None:
        self.kept = kept
        self.publication = place.publication
        self.state = place.state
        self.jobs = jobs
        self.progress = progress
        self.memo = Memo(place.state / "memo.sqlite")
        self.key = partial(key, settings_digest=fingerprint(_deciding(self.publication)), code=stamp())
        self.new: dict[bytes, bytes] = {}
        self.used: set[bytes] = set()

    def run(self, sources: Sequence[Source]) -> list[Made]:
        """One result for each source, in their order."""
        return self.kept.run(sources, self._remembered) if self.kept else self._remembered(sources)

    def _remembered(self, sources: Sequence[Source]) -> list[Made]:
        """One result for each source, in their order. What is new is given as the memo will give it back."""
        keys = [self.key(source, digest_of(source)) for source in sources]
        stored = self.memo.get_many(keys)
        results: dict[bytes, Made] = {
            k: made for k, row in stored.items() if (made := decode(row, k.hex())) is not None
        }
        missing = {k: source for k, source in zip(keys, sources, strict=True) if k not in results}
        compiled = self._compile(tuple(missing.values()))
        for done, (k, result) in enumerate(zip(missing, compiled, strict=True), 1):
            self.progress("articles", done, len(missing))
            results[k] = self._noted(k, result)
        self.used.update(keys)
        return [results[k] for k in keys]

    def remember(self) -> None:
        """Write what is new, forget what has long not been used (unless most was not even asked for)."""
        with self.memo as memo:
            memo.put_many(self.new)
            if not self.kept:
                memo.prune(self.used)
        if self.new:
            save(self.state)

    def _noted(self, k: bytes, result: Made) -> Made:
        if isinstance(result, tuple):
            return result
        self.new[k] = packed = encode(result)
        return decode(packed, k.hex()) or result

    def _compile(self, sources: tuple[Source, ...]) -> Iterator[Made]:
        if not sources:
            return
        load(self.state)
        one = partial(_compiled, publication=self.publication)
        if self.jobs == 1 or len(sources) < _WORTH_A_POOL:
            yield from map(one, sources)
            return
        yield one(sources[0])  # makes the tables, which the other processes then have from this one
        sources = sources[1:]
        chunk = max(1, min(32, len(sources) // (self.jobs * 4)))
        yield from pooled(one, sources, self.jobs, chunk)


def _compiled(source: Source, publication: Publication) -> Made:
    """The entry, or what is wrong with the article: an error must not stop the others."""
    try:
        return entry.compile_source(whole(source), publication)
    except Problems as several:
        return several.problems
    except PublishError as problem:
        return (problem,)
