"""The articles of a publication -> `sources/NAME.toml`: for each source the lines that its articles share."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

from publisher.clean.engine import clean
from publisher.clean.recurring import LEAST, Recurring, recurring
from publisher.clean.rules.scored_line import CODE as SCORED
from publisher.config.sources import written
from publisher.content.article import parse
from publisher.content.kinds import kind_of
from publisher.content.origin import source_of
from publisher.content.slugs import slugify
from publisher.content.spelling import nearest
from publisher.errors import Problems, PublishError
from publisher.model import Article, CleanArticle, Source
from publisher.settings import Publication
from publisher.store.contents import gather, look
from publisher.store.lock import hold
from publisher.store.sources import FOLDER, source_files, write_source
from publisher.work.compiling import cores
from publisher.work.place import Place, named, with_content

_WORTH_A_POOL = 48


@dataclass(frozen=True, slots=True)
class Learned:
    """One source: its file, its articles, what recurs in them, and the file's text before and after."""

    name: str
    file: str
    articles: int
    found: tuple[Recurring, ...]
    before: str
    after: str


def learn(place: Place, only: str = "", write: bool = True) -> tuple[Learned, ...]:
    """Look at every source with enough articles, or at the one called `only`; by name.

    The articles are cleaned by all rules but what was learned before, so that a second run finds the
    same, and without the scorer. Files that would say nothing are not begun. Raises PublishError for a
    source nobody is from.
    """
    groups = _groups(_cleaned(with_content(place)))
    chosen = {key: each for key, each in groups.items() if not only or key == slugify(only)}
    if not chosen and only:
        raise PublishError(only, "no article is from this source", nearest(slugify(only), sorted(groups)))
    with hold(place.state / "lock"):
        files = source_files(place.root)
        learned = [_learned(key, each, files) for key, each in sorted(chosen.items())]
        worth = tuple(each for each in learned if each.before or each.found)
        for each in worth:
            if write and each.after != each.before:
                write_source(place.root, each.file, each.after)
    return worth


def _learned(key: str, articles: list[tuple[str, Article]], files: dict[str, str]) -> Learned:
    names = Counter(name for name, _ in articles)
    ranked = sorted(names, key=lambda name: (-names[name], name))
    file = f"{FOLDER}/{key}.toml"
    found = recurring([article for _, article in articles]) if len(articles) >= LEAST else ()
    before = files.get(file, "")
    after = written(file, before, ranked, found) if before or found else ""
    return Learned(ranked[0], file, len(articles), found, before, after)


def _groups(articles: Iterator[tuple[str, Article]]) -> dict[str, list[tuple[str, Article]]]:
    """Articles by their source's name as a file name; those of no source are left out."""
    groups: dict[str, list[tuple[str, Article]]] = {}
    for name, article in articles:
        if key := slugify(name):
            groups.setdefault(key, []).append((name, article))
    return groups


def _cleaned(place: Place) -> Iterator[tuple[str, Article]]:
    """Every article with its source, as its author names it. Raises Problems with those of all files."""
    survey = look(place.content)
    gathered = gather(place.content, survey.found, place.publication.max_bytes)
    problems: list[PublishError] = [*survey.problems, *gathered.problems]
    settings = place.publication.clean
    # What recurs is counted; the scorer may take a line in one article and leave it in the next.
    counted = replace(settings, sources=(), ignore=(*settings.ignore, SCORED))
    publication = replace(place.publication, clean=counted)
    found: list[tuple[str, Article]] = []
    articles = tuple(source for source in gathered.sources if kind_of(source.path) != "note")
    for result in _mapped(partial(_one, publication=publication), articles):
        if len(result) == 2:
            name, article = result
            found.append((name, replace(article, path=place.shown(article.path))))
        else:
            problems.extend(result[0])
    if problems:
        raise Problems(named(place, problem) for problem in problems)
    return iter(found)


_One = tuple[str, Article] | tuple[tuple[PublishError, ...]]


def _one(source: Source, publication: Publication) -> _One:
    try:
        article = parse(source, publication)
        front = article.front
        name = source_of(front.source, front.canonical_url, article.path)
        return name, _settled(clean(article, publication.clean))
    except Problems as several:
        return (several.problems,)
    except PublishError as problem:
        return ((problem,),)


def _settled(cleaned: CleanArticle) -> Article:
    """Without the lines that say who, when or where from, and contradict front matter: a person decides."""
    asked = {
        number
        for finding in cleaned.findings
        if finding.code.startswith("PR") and not finding.applied
        for number in finding.lines
    }
    lines = tuple(line for line in cleaned.article.lines if line.number not in asked)
    return replace(cleaned.article, lines=lines)


def _mapped(one: Callable[[Source], _One], sources: tuple[Source, ...]) -> Iterator[_One]:
    if len(sources) < _WORTH_A_POOL or cores() == 1:
        yield from map(one, sources)
        return
    with ProcessPoolExecutor(cores(), mp_context=get_context("fork")) as pool:
        yield from pool.map(one, sources, chunksize=16)
