"""Dirty text -> clean text: the filter, for one text or a folder of them. No publication is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publisher.clean.engine import clean
from publisher.content.article import parse
from publisher.content.write import body_text, moved_fields, rewritten
from publisher.errors import Problems, PublishError
from publisher.model import CleanArticle, Finding, Source
from publisher.settings import Publication
from publisher.store.atomic import replace as put
from publisher.store.contents import gather, look
from publisher.store.decoding import decode
from publisher.store.failures import naming
from publisher.work.compiling import Progress
from publisher.work.pool import pooled


@dataclass(frozen=True, slots=True)
class Filtered:
    """A clean text and what was found on the way."""

    path: str
    text: str
    findings: tuple[Finding, ...]


def filter_text(source: Source, publication: Publication, front_matter: bool = False) -> Filtered:
    """The text without chrome, duplicates and artefacts.

    A text with front matter keeps it and what was moved is written into it, likewise with
    `front_matter`. A text without gets none: its title stays its first line.
    """
    article = parse(source, publication)
    cleaned = clean(article, publication.clean)
    moved = moved_fields(article.front, cleaned.article.front)
    headed = front_matter or article.front.lines
    text = rewritten(source, article.front, cleaned, moved) if headed else _plain(cleaned)
    return Filtered(source.path, text, cleaned.findings)


def read_text(name: str, content: bytes) -> Source:
    """Bytes from a file or standard input, decoded as articles are."""
    return Source(name, decode(name, content))


def filter_folder(
    folders: tuple[Path, Path], publication: Publication, front_matter: bool, jobs: int, progress: Progress
) -> tuple[Filtered, ...]:
    """Clean every article of the first folder into the second, under the same names.

    Raises PublishError where the folders overlap; Problems, after all other files are done, for those
    that cannot be read.
    """
    source, target = (folder.resolve() for folder in folders)
    if not source.is_dir():
        raise PublishError(str(folders[0]), "there is no such folder")
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise PublishError(str(folders[1]), "the two folders overlap", "the originals must stay as they are")
    survey = look(source)
    gathered = gather(source, survey.found, publication.max_bytes)
    one = partial(_filtered, publication=publication, front_matter=front_matter)
    done: list[Filtered] = []
    problems = [*survey.problems, *gathered.problems]
    for number, result in enumerate(_mapped(one, gathered.sources, jobs), 1):
        progress("texts", number, len(gathered.sources))
        if isinstance(result, Filtered):
            _put(target / result.path, result.text)
            done.append(result)
        else:
            problems.extend(result)
    if problems:
        raise Problems(problems)
    return tuple(done)


def _plain(cleaned: CleanArticle) -> str:
    """The body, below the title where that was the text's own first line."""
    body = body_text(cleaned.article.lines)
    taken = [f for f in cleaned.findings if f.applied and f.edit and f.edit.field == "title"]
    return f"{taken[0].edit.value}\n\n{body}" if taken and taken[0].edit else body


def _filtered(
    source: Source, publication: Publication, front_matter: bool
) -> Filtered | tuple[PublishError, ...]:
    try:
        return filter_text(source, publication, front_matter)
    except Problems as several:
        return several.problems
    except PublishError as problem:
        return (problem,)


def _mapped(
    one: Callable[[Source], Filtered | tuple[PublishError, ...]], sources: tuple[Source, ...], jobs: int
) -> Iterator[Filtered | tuple[PublishError, ...]]:
    if jobs == 1 or len(sources) < 16:
        yield from map(one, sources)
        return
    yield from pooled(one, sources, jobs, 8)


def _put(path: Path, text: str) -> None:
    with naming(path, "write it"):
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, text.encode())
