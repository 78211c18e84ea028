"""The shared frame in -> the pages that list articles out: front page, sections, tags, authors, archive."""

from dataclasses import dataclass
from itertools import groupby

from publisher.model import Entry, Output
from publisher.site.archive import Month, months
from publisher.site.frame import Frame
from publisher.site.links import Link, href
from publisher.site.listing import ListPage, paginate
from publisher.site.story import Story, link
from publisher.site.terms import by_name, by_size

_TOPICS = 16
_PREVIEW = 6


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands; `newer` and `older` are empty at the ends."""

    number: int
    total: int
    label: str
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A month of the archive with the newest of its stories."""

    link: Link
    stories: tuple[Story, ...]


def front(shared: Frame) -> tuple[Output, ...]:
    """The front page, led by the newest featured article, else the newest; older ones page by page."""
    entries = shared.entries
    lead = next((entry for entry in entries if entry.card.featured), None) or next(iter(entries), None)
    ordered = (lead, *(entry for entry in entries if entry is not lead)) if lead else ()
    first, *others = paginate(ordered, "/", shared.publication.page_size)
    topics = by_size(shared.terms["tag"])[:_TOPICS]
    values: dict[str, object] = {
        "stories": shared.told(first.items),
        "topics": tuple(link(term, shared.publication) for term in topics),
        "pager": _pager(shared, first),
    }
    home = shared.write("home.html", shared.page("home", shared.publication.title, "/"), values)
    return home, *(_sheet(shared, each, shared.words.latest, None) for each in others)


def terms(shared: Frame) -> tuple[Output, ...]:
    """An index of sections, of tags and of authors, and the list of each one's articles."""
    outputs: list[Output] = []
    for kind, index in shared.indexes.items():
        members = by_name(tuple(shared.terms[kind].values()))
        links = tuple(link(term, shared.publication) for term in members)
        outputs.append(
            shared.write("terms.html", shared.page("list", index.name, f"/{kind}/"), {"links": links})
        )
        for term in members:
            leaves = paginate(term.entries, term.url, shared.publication.page_size)
            outputs += [_sheet(shared, leaf, term.name, index) for leaf in leaves]
    return tuple(outputs)


def archive(shared: Frame) -> tuple[Output, ...]:
    """All months on one page, each with its newest stories, and the list of each month."""
    held = months(shared.entries, shared.publication.zone)
    years = tuple(
        (year, tuple(_shelf(shared, month) for month in members))
        for year, members in groupby(held, lambda month: month.year)
    )
    page = shared.page("archive", shared.words.archive, "/archive/")
    above = Link(shared.words.archive, shared.site.archive)
    sheets = tuple(
        _sheet(shared, leaf, shared.words.month_of(month.year, month.month), above)
        for month in held
        for leaf in paginate(month.entries, month.url, shared.publication.page_size)
    )
    return shared.write("archive.html", page, {"years": years}), *sheets


def _shelf(shared: Frame, month: Month) -> Shelf:
    name = shared.words.month_of(month.year, month.month)
    where = Link(name, href(month.url, shared.publication), count=len(month.entries))
    return Shelf(where, shared.told(month.entries[:_PREVIEW]))


def _sheet(shared: Frame, leaf: ListPage[Entry], heading: str, parent: Link | None) -> Output:
    """One page of a list; the pages after the first say their number in the title."""
    pager = _pager(shared, leaf)
    title = heading if leaf.number == 1 else f"{heading} – {pager.label}"
    values = {"heading": heading, "parent": parent, "stories": shared.told(leaf.items), "pager": pager}
    return shared.write("listing.html", shared.page("list", title, leaf.url), values)


def _pager(shared: Frame, leaf: ListPage[Entry]) -> Pager:
    def to(url: str) -> str:
        return href(url, shared.publication) if url else ""

    label = shared.words.page_of(leaf.number, leaf.total)
    return Pager(leaf.number, leaf.total, label, to(leaf.newer), to(leaf.older))
