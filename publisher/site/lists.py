"""The shared frame in -> the pages that list articles out: sections, tags, authors, archive."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publisher.keying import digest, joined
from publisher.model import Entry, Output
from publisher.site.archive import Month, Year, years
from publisher.site.frame import Frame, Page
from publisher.site.links import Link, address, href
from publisher.site.listing import ListPage, T, paginate
from publisher.site.profile import Profile
from publisher.site.story import Story, link
from publisher.site.structured import profile_page, script
from publisher.site.terms import Term, by_name, fold

_PREVIEW = 12  # stories of a month that its year shows


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands; `newer` and `older` are empty at the ends, `label` on the newest."""

    number: int
    label: str
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A month of the archive with the newest of its stories."""

    link: Link
    stories: tuple[Story, ...]


def terms(shared: Frame) -> tuple[Output, ...]:
    """An index of sections, of tags and of authors, and the list of each one's articles."""
    outputs: list[Output] = []
    for kind, index in shared.indexes.items():
        members = by_name(tuple(shared.terms[kind].values()))
        links = tuple(link(term, shared.publication) for term in members)
        page = shared.page("list", index.name, f"/{kind}/")
        outputs.append(shared.write("terms.html", page, {"links": links}))
        for term in members:
            outputs += _term(shared, term, index, kind == "author")
    return tuple(outputs)


def archive(shared: Frame) -> tuple[Output, ...]:
    """All years and months on one page; of each year the months with their newest stories; each month."""
    held = years(shared.entries, shared.publication.zone)
    above = Link(shared.words.archive, shared.site.archive)
    page = shared.page("archive", shared.words.archive, "/archive/")
    calendar = tuple(
        (_year_link(shared, year), tuple(_month_link(shared, month) for month in year.months))
        for year in held
    )
    outputs = [shared.write("archive.html", page, {"years": calendar})]
    for year in held:
        outputs.append(_year(shared, year, above))
        outputs += (
            each for month in year.months for each in _sheets(shared, month, _year_link(shared, year))
        )
    return tuple(outputs)


def paged(shared: Frame, leaf: ListPage[T], heading: str) -> tuple[Page, Pager]:
    """One page of a list and its pager; older pages say their number in the title."""

    def to(url: str) -> str:
        return address(url, shared.publication) if url else ""

    label = shared.words.page_number(leaf.number) if leaf.number else ""
    page = shared.page("list", f"{heading} – {label}" if label else heading, leaf.url)
    page = replace(page, newer=to(leaf.newer), older=to(leaf.older))
    hrefs = (href(url, shared.publication) if url else "" for url in (leaf.newer, leaf.older))
    return page, Pager(leaf.number, label, *hrefs)


def sheet(shared: Frame, leaf: ListPage[Entry], heading: str, more: Mapping[str, object]) -> Output:
    """One page of a list of articles; `more` has its `parent` (a Link or None), perhaps a `profile`."""
    page, pager = paged(shared, leaf, heading)
    profile, data = more.get("profile"), None
    if isinstance(profile, Profile):
        data = script(profile_page(profile, page.address))
        page = replace(page, policy=shared.policy(data), description=profile.entry.card.summary)
    fixed = {"heading": heading, "pager": pager, "profile": None, "data": data, **more}

    def values() -> Mapping[str, object]:
        return {"stories": shared.told(leaf.items), **fixed}

    def key() -> bytes:
        stories = (shared.story_keys[entry.card.path] for entry in leaf.items)
        return joined((digest(shared.key(), page, fixed), *stories))

    return shared.write("listing.html", page, values, key)


def _term(shared: Frame, term: Term, index: Link, author: bool) -> list[Output]:
    """Who an author is stands on the newest page alone."""
    profile = shared.profiles.get(fold(term.name)) if author else None
    leaves = paginate(term.entries, term.url, shared.publication.page_size)
    return [
        sheet(shared, leaf, term.name, {"parent": index, "profile": None if leaf.number else profile})
        for leaf in leaves
    ]


def _sheets(shared: Frame, month: Month, above: Link) -> list[Output]:
    heading = shared.words.month_of(month.year, month.month)
    leaves = paginate(month.entries, month.url, shared.publication.page_size)
    return [sheet(shared, leaf, heading, {"parent": above}) for leaf in leaves]


def _year(shared: Frame, year: Year, above: Link) -> Output:
    page = shared.page("archive", f"{shared.words.archive} {year.year}", year.url)

    def values() -> Mapping[str, object]:
        shelves = tuple(
            Shelf(_month_link(shared, month), shared.told(month.entries[:_PREVIEW])) for month in year.months
        )
        return {"heading": year.year, "parent": above, "months": shelves}

    return shared.write("year.html", page, values)


def _year_link(shared: Frame, year: Year) -> Link:
    count = sum(len(month.entries) for month in year.months)
    return Link(str(year.year), href(year.url, shared.publication), count=count)


def _month_link(shared: Frame, month: Month) -> Link:
    name = shared.words.month_of(month.year, month.month)
    return Link(name, href(month.url, shared.publication), count=len(month.entries))
