"""Entries -> every file of the site, in memory, with the findings that only the whole can show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib.resources import files

from jinja2 import Environment

from publisher.arrange.links import SiteLink, check_links
from publisher.arrange.order import Lineup, Reason, clashes, line_up
from publisher.arrange.published import History
from publisher.arrange.resolve import Resolved, anchors_of, atlas, resolve, wanted_files
from publisher.errors import Problems, PublishError
from publisher.feeds.every import planned as planned_feeds
from publisher.feeds.people import people
from publisher.model import Card, Entry, Output
from publisher.newsletter.editions import editions
from publisher.newsletter.note import demand_newsletters
from publisher.pictures.gallery import Gallery
from publisher.site.beside import Beside
from publisher.site.feeds import feed_terms, feeds
from publisher.site.frame import path_of
from publisher.site.pages import pages
from publisher.site.pictured import Pictured, known
from publisher.site.profile import profiles
from publisher.site.sitemap import listed, news_sitemap, robots, sitemap
from publisher.store import related
from publisher.store.assets import asset, asset_barred
from publisher.store.bytecode import Bytecode
from publisher.store.templates import load
from publisher.templating import environment, produce
from publisher.work.alike import with_canonicals
from publisher.work.backissues import newsletters
from publisher.work.choice import Choice as Choice  # noqa: PLC0414 - given on: every caller needs it
from publisher.work.clashes import check_paths
from publisher.work.crew import Crew
from publisher.work.drawn import cards, drawings, emblems, with_preview
from publisher.work.kept import Kept
from publisher.work.partners import Remarks, offers, partner_feeds, refuse_taken, remarks, with_refusals
from publisher.work.pictures import Hung, copies, existing, hang
from publisher.work.place import Place, named, naming_files
from publisher.work.published import compared, gone
from publisher.work.searching import search_index


@dataclass(frozen=True, slots=True)
class Arranged:
    """The articles to publish, newest first, final; pages and authors; what is withheld; files they show.

    `notes` are editors' words for issues of newsletters, final as well; no pages of the site.
    """

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    files: tuple[str, ...]
    links: tuple[SiteLink, ...]
    pages: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    hung: Hung = field(default_factory=Hung)
    history: History = field(default_factory=History)

    @property
    def every(self) -> tuple[Entry, ...]:
        """Articles, then pages and authors."""
        return (*self.entries, *self.pages)

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(entry.card for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site in memory. `issues` are the days that have a newsletter page, oldest first.

    `entries` are articles, `pages` free pages and authors; `remarks` are findings of the configuration.
    """

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    outputs: tuple[Output, ...]
    issues: tuple[date, ...]
    pages: tuple[Entry, ...] = ()
    remarks: Remarks = ()
    history: History = field(default_factory=History)
    kin: related.Known = field(default_factory=related.Known)

    @property
    def every(self) -> tuple[Entry, ...]:
        """Articles, then pages and authors."""
        return (*self.entries, *self.pages)


def arrange(
    place: Place,
    entries: tuple[Entry, ...],
    choice: Choice,
    kept: Kept | None = None,
    notes: tuple[Entry, ...] = (),
) -> Arranged:
    """Entries in line, their links and pictures resolved. Raises Problems where two articles clash."""
    if problems := clashes(entries, place.shown("")):
        raise Problems(named(place, problem) for problem in problems)
    lineup = line_up(entries, choice.now, choice.drafts, choice.future)
    dated, history = compared(place, lineup, choice)
    lineup = replace(lineup, entries=with_canonicals(place, dated))
    with naming_files(place):
        demand_newsletters(notes, [each.name for each in editions(place.publication)])
    resolved, hung = _resolved(place, lineup, kept, notes)
    shown = tuple(dict.fromkeys(file for each in resolved for file in each.files))
    links = tuple(link for each in resolved for link in each.links)
    final = tuple(each.entry for each in resolved)
    ends = len(lineup.entries), len(lineup.every)
    articles, pages, words = final[: ends[0]], final[ends[0] : ends[1]], final[ends[1] :]
    preview = partial(with_preview, place)
    articles = tuple(kept.of_each("preview", each, preview) if kept else preview(each) for each in articles)
    return Arranged(articles, lineup.withheld, tuple(sorted(shown)), links, pages, words, hung, history)


def template_environment(place: Place, kept: Kept | None = None) -> Environment:
    """The theme's templates, hidden by the publication's own of the same name."""
    templates = load(files("publisher") / "theme", place.templates)
    if kept:
        return kept.environment(templates)
    folder = place.state / "templates"
    # Only a build makes it: who merely looks leaves no trace.
    remembered = Bytecode(folder) if folder.is_dir() else None
    return environment(templates, compiled=remembered)


def make_site(
    place: Place,
    entries: tuple[Entry, ...],
    choice: Choice,
    kept: Kept | None = None,
    notes: tuple[Entry, ...] = (),
) -> Site:
    """Every file of the site; nothing is written. Raises PublishError for templates that fail.

    With `kept`, for a preview: what has not changed is not looked at again, and pages are made when
    their content is asked for (which raises then).
    """
    arranged = arrange(place, entries, choice, kept, notes)
    made = template_environment(place, kept)
    letters = newsletters(place, arranged.cards, arranged.notes, made)
    lost = gone(arranged.history, arranged.every)
    kin = related.Known() if kept else related.load(place.state)
    beside = Beside(arranged.pages, letters.archives, lost, kin)
    plain = pages(arranged.entries, place.publication, made, beside)
    own = (
        *_pictured(plain, arranged.hung.gallery, place),
        *letters.outputs,
    )
    partners = offers(place, arranged.entries)
    arranged = replace(arranged, entries=with_refusals(place, arranged.entries, partners))
    syndicated = not place.publication.noindex_syndicated
    outputs = (
        *own,
        *_feeds(arranged, beside, place, made),
        *sitemap(listed(own, arranged.every, syndicated, lost), place.publication),
        news_sitemap(arranged.entries, place.publication),
        robots(place.publication),
        *partner_feeds(partners, made),
        *search_index(place, arranged.entries, preview=kept is not None),
        *_files(place, [path for path in arranged.files if not arranged.hung.converts(path)]),
        *copies(arranged.hung, arranged.files),
        *cards(drawings(place, arranged.entries)),
        *emblems(place),
    )
    refuse_taken(place, outputs)
    check_paths(place, arranged.every, arranged.files, outputs)
    there = {output.path for output in outputs}.difference(map(path_of, lost))
    checked = _with_site_links(arranged, there, place.publication.clean.wants("LK001"))
    articles, free = checked[: len(arranged.entries)], checked[len(arranged.entries) :]
    said = remarks(place, partners)
    return Site(articles, arranged.withheld, outputs, letters.days, free, said, arranged.history, kin)


def _pictured(outputs: Iterable[Output], gallery: Gallery, place: Place) -> Iterator[Output]:
    """The pages with all sizes and formats of their pictures."""
    found = known(gallery.pictures.values(), place.publication)
    for output in outputs:
        html = output.path.endswith(".html")
        yield Pictured(output, found, place.publication) if found and html else output


def _resolved(
    place: Place, lineup: Lineup, kept: Kept | None, notes: tuple[Entry, ...]
) -> tuple[tuple[Resolved, ...], Hung]:
    every = (*lineup.every, *notes)
    wanted = wanted_files(every)
    exist = existing(place, every)
    barred = frozenset(file for file in wanted - exist if asset_barred(place.content, file))
    look = partial(kept.of_each, "anchors", make=anchors_of) if kept else None
    places = atlas(lineup.every, (entry for entry, _ in lineup.withheld), exist, look)
    hung = hang(place, exist, Crew())
    places = replace(places, barred=barred, gallery=hung.gallery)
    if kept:
        return kept.resolve(every, places, place.publication), hung
    return tuple(resolve(entry, places, place.publication) for entry in every), hung


def _feeds(arranged: Arranged, beside: Beside, place: Place, made: Environment) -> Iterator[Output]:
    publication = place.publication
    names = tuple(each.name for each in profiles(arranged.pages, publication).values())
    terms = feed_terms(arranged.entries, names, publication)
    told = feeds(arranged.entries, terms, publication, arranged.history.withdrawn, beside.archives)
    known = partial(people, arranged.entries, arranged.pages, publication)
    for feed in planned_feeds(told, publication, known, beside.digests):
        yield produce(made, feed.path, feed.make, feed.key)


def _files(place: Place, names: Iterable[str]) -> tuple[Output, ...]:
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


def _with_site_links(arranged: Arranged, paths: set[str], wanted: bool) -> tuple[Entry, ...]:
    def exists(address: str) -> bool:
        path = address.strip("/")
        return path in paths or f"{path}/index.html".lstrip("/") in paths

    broken = check_links(arranged.links, exists) if wanted else {}
    return tuple(
        replace(entry, findings=(*entry.findings, *broken[entry.card.path]))
        if entry.card.path in broken
        else entry
        for entry in arranged.every
    )
