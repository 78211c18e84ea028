"""The content folder -> one Entry for each article, remembered from build to build; all problems at once."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher.errors import Problems, PublishError
from publisher.model import Dated, Entry, Source, Undated
from publisher.store.contents import Found, Gathered, look, read
from publisher.store.history import first_commits
from publisher.store.unread import Texts, Unread, dated
from publisher.templating import Keep
from publisher.work.kept import Kept
from publisher.work.place import Place, named, naming_files
from publisher.work.runner import Progress as Progress  # noqa: PLC0414 - given on
from publisher.work.runner import Runner, silent


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
    place: Place,
    jobs: int = 0,
    progress: Progress | None = None,
    kept: Kept | None = None,
    keep: Keep | None = None,
) -> Compiled:
    """Every article as an entry. `jobs` processes (0: one for each core) give the same result.

    With `kept` only what is new since the last build in this process is read and compiled. With `keep`
    texts and bodies are not held in memory: `sources` is empty then.

    Raises Problems with those of all files, their paths seen from the publication's folder.
    """
    texts, survey = Texts(place.state, time.time_ns()), look(place.content)
    problems: list[PublishError] = [*survey.problems]
    runner = Runner(place, jobs or cores(), kept)
    runner.keep, runner.progress, runner.total = keep, progress or silent, len(survey.found)
    files = place.content, survey.found, place.publication.max_bytes
    every = _held(kept.gather(*files)) if kept else texts.gather(*files)
    noted: dict[str, Source] = {}
    made = runner.run(_sound(every, problems, noted, Unread if keep else Source))
    undated = [each for each in survey.found if isinstance(made.get(each.path), Undated)]
    later = {source.path: source for source in _dated(place, undated, noted, kept)}
    made |= runner.run(later.values())
    if kept:
        kept.keep_only((*noted.values(), *later.values()))
    problems += (each for result in made.values() if isinstance(result, tuple) for each in result)
    if problems:
        raise Problems(named(place, problem) for problem in problems)
    runner.remember()
    if runner.compiled and not kept:  # a build of nothing new writes nothing
        texts.save()
    entries = tuple(result for result in made.values() if isinstance(result, Entry))
    notes = tuple(entry for entry in entries if entry.card.kind == "note")
    articles = tuple(entry for entry in entries if entry.card.kind != "note")
    paths = {entry.card.path for entry in articles}
    held = () if keep else noted.values()
    told = tuple(later.get(each.path, each) for each in held if each.path in paths)
    return Compiled(told, articles, {each.path: each.name for each in survey.found}, notes)


def _held(gathered: Gathered) -> Iterator[Source | PublishError]:
    yield from gathered.problems
    yield from gathered.sources


def _sound(
    every: Iterable[Source | PublishError],
    problems: list[PublishError],
    noted: dict[str, Source],
    light: type[Source],
) -> Iterator[Source]:
    """The sources; those of the type `light` are `noted`. What cannot be read is added to `problems`."""
    for each in every:
        if isinstance(each, PublishError):
            problems.append(each)
            continue
        if isinstance(each, light):
            noted[each.path] = each
        yield each


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _dated(
    place: Place, undated: Sequence[Found], noted: Mapping[str, Source], kept: Kept | None
) -> Iterator[Source]:
    """Sources without a date of their own, with that of their first commit, else of their last change."""
    if not undated:
        return
    commits = (kept.commits if kept else first_commits)(place.content, [each.path for each in undated])
    for each in undated:
        with naming_files(place):
            source = noted.get(each.path) or read(place.content, each, place.publication.max_bytes)
        commit = commits.get(each.path)
        yield dated(source, Dated(commit, "commit") if commit else Dated(each.modified, "modified"))
