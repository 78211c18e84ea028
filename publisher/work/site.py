"""Entries -> every file of the site, in memory, with the findings that only the whole can show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.resources import files

from jinja2 import Environment

from publisher.arrange.order import Lineup, Reason, clashes, line_up
from publisher.arrange.resolve import Resolved, SiteLink, atlas, check_links, resolve, wanted_files
from publisher.errors import Problems, PublishError
from publisher.feeds.rss import rss
from publisher.model import Card, Entry, Output
from publisher.newsletter.issue import compose
from publisher.newsletter.render import page, render
from publisher.site.pages import pages
from publisher.site.sitemap import robots, sitemap
from publisher.store.assets import asset, asset_barred, asset_exists
from publisher.store.contents import SUFFIXES
from publisher.store.ledger import Ledger
from publisher.store.paths import ancestors, fold
from publisher.store.templates import load
from publisher.templating import environment
from publisher.work.alike import with_canonicals
from publisher.work.issues import NEWSLETTER, planned
from publisher.work.place import Place, named


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish: everything dated up to `now`, and drafts or future articles if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """The articles to publish, newest first, final; what is withheld; the files that they show."""

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    files: tuple[str, ...]
    links: tuple[SiteLink, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(entry.card for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site in memory. `issues` are the days that have a newsletter page, oldest first."""

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    outputs: tuple[Output, ...]
    issues: tuple[date, ...]


def arrange(place: Place, entries: tuple[Entry, ...], choice: Choice) -> Arranged:
    """Entries in line, their links and pictures resolved. Raises Problems where two articles clash."""
    if problems := clashes(entries, place.shown("")):
        raise Problems(named(place, problem) for problem in problems)
    lineup = line_up(entries, choice.now, choice.drafts, choice.future)
    lineup = replace(lineup, entries=with_canonicals(place, lineup.entries))
    resolved = _resolved(place, lineup)
    shown = tuple(dict.fromkeys(file for each in resolved for file in each.files))
    links = tuple(link for each in resolved for link in each.links)
    return Arranged(tuple(each.entry for each in resolved), lineup.withheld, tuple(sorted(shown)), links)


def template_environment(place: Place) -> Environment:
    """The theme's templates, hidden by the publication's own of the same name."""
    return environment(load(files("publisher") / "theme", place.templates))


def make_site(place: Place, entries: tuple[Entry, ...], choice: Choice) -> Site:
    """Every file of the site; nothing is written. Raises PublishError for templates that fail."""
    arranged = arrange(place, entries, choice)
    made = template_environment(place)
    letters = _newsletters(place, arranged.cards, made)
    latest = f"/newsletter/{max(letters)}/" if letters else ""
    own = pages(arranged.entries, place.publication, made, latest)
    listed = _listed(own, arranged.entries, letters)
    outputs = (
        *own,
        *letters.values(),
        rss(arranged.entries, place.publication),
        *sitemap(listed, place.publication),
        robots(place.publication),
        *_files(place, arranged.files),
    )
    _check_paths(place, arranged, outputs)
    checked = _with_site_links(
        arranged, {output.path for output in outputs}, place.publication.clean.wants("LK001")
    )
    return Site(checked, arranged.withheld, outputs, tuple(sorted(letters)))


def _resolved(place: Place, lineup: Lineup) -> tuple[Resolved, ...]:
    wanted = wanted_files(lineup.entries)
    exist = frozenset(file for file in wanted if asset_exists(place.content, file))
    barred = frozenset(file for file in wanted - exist if asset_barred(place.content, file))
    places = atlas(lineup.entries, (entry for entry, _ in lineup.withheld), exist)
    places = replace(places, barred=barred)
    return tuple(resolve(entry, places, place.publication) for entry in lineup.entries)


def _newsletters(place: Place, cards: tuple[Card, ...], made: Environment) -> Mapping[date, Output]:
    """A page for each frozen issue and for the one that is due."""
    rows = Ledger(place.state / "ledger.sqlite").issues(NEWSLETTER)
    letters: dict[date, Output] = {}
    for each in planned(cards, rows, place.publication.zone):
        if issue := compose(each.cards, each.day, place.publication):
            letters[each.day] = page(render(issue, place.publication, made))
    return letters


def _files(place: Place, names: tuple[str, ...]) -> tuple[Output, ...]:
    """The pictures and downloads that articles show, under their own paths."""
    problems: list[PublishError] = []
    outputs: list[Output] = []
    for name in names:
        try:
            content = asset(place.content, name, place.publication.max_bytes)
        except PublishError as problem:
            problems.append(named(place, problem))
            continue
        if content is not None:
            outputs.append(Output(name, content))
    if problems:
        raise Problems(problems)
    return tuple(outputs)


def _check_paths(place: Place, arranged: Arranged, outputs: tuple[Output, ...]) -> None:
    """Raises Problems at the articles and files whose places on the site are taken, or inside a file."""
    origins = {f"{card.url.lstrip('/')}index.html": card.path for card in arranged.cards}
    origins |= {name: name for name in arranged.files}
    taken: dict[str, list[str]] = {}
    for output in outputs:
        taken.setdefault(fold(output.path), []).append(output.path)
    problems: list[PublishError] = []
    for key, paths in taken.items():
        others = [name for folder in ancestors(key) for name in taken.get(folder, ())]
        mine = sorted({origins[path] for path in paths if path in origins})
        if len(paths) > 1 or others:
            mine = mine or sorted({origins[path] for path in others if path in origins})
            problems += (_taken(place, name, paths, others) for name in mine)
    if problems:
        raise Problems(problems)


def _taken(place: Place, origin: str, paths: list[str], others: list[str]) -> PublishError:
    message = f"the site's {paths[0]!r} is a page or file already"
    if others:
        message = f"the site cannot have both {others[0]!r} and {paths[0]!r}"
    elif len(set(paths)) > 1:
        message = f"{paths[0]!r} and {paths[1]!r} are one for some disks"
    article = origin.endswith(SUFFIXES)
    hint = "give the article another `slug`" if article else "rename the file, or move it into a folder"
    return PublishError(place.shown(origin), message, hint)


def _listed(
    own: tuple[Output, ...], entries: tuple[Entry, ...], letters: Mapping[date, Output]
) -> list[tuple[str, datetime | None]]:
    """The addresses for the sitemap, with the dates of the articles."""
    dates = {
        f"{entry.card.url.lstrip('/')}index.html": entry.card.updated or entry.card.date for entry in entries
    }
    paths = [output.path for output in (*own, *letters.values())]
    found = [path for path in paths if path == "index.html" or path.endswith("/index.html")]
    return [(f"/{path.removesuffix('index.html')}", dates.get(path)) for path in sorted(found)]


def _with_site_links(arranged: Arranged, paths: set[str], wanted: bool) -> tuple[Entry, ...]:
    def exists(address: str) -> bool:
        path = address.strip("/")
        return path in paths or f"{path}/index.html".lstrip("/") in paths

    broken = check_links(arranged.links, exists) if wanted else {}
    return tuple(
        replace(entry, findings=(*entry.findings, *broken[entry.card.path]))
        if entry.card.path in broken
        else entry
        for entry in arranged.entries
    )
