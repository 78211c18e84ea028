"""The newsletters' issues in -> the pages that list them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from publisher.model import Output
from publisher.site.beside import Archive, BackIssue
from publisher.site.frame import Frame
from publisher.site.links import Link, href
from publisher.site.listing import paginate
from publisher.site.lists import paged

_ISSUES = 60


@dataclass(frozen=True, slots=True)
class Past:
    """An issue for the templates: its day in words and as ISO 8601, what led it, and where it is.

    `newsletter` is the title of its newsletter where several share a list, else empty.
    """

    day: str
    iso: str
    lead: str
    href: str
    newsletter: str


def newsletters(shared: Frame) -> tuple[Output, ...]:
    """`/newsletter/` and that of each newsletter, with pages of older issues; nothing where there are none."""
    archives = shared.beside.archives
    if not archives:
        return ()
    several = len(archives) > 1
    mixed = [(issue, archive.title if several else "") for archive in archives for issue in archive.issues]
    mixed.sort(key=lambda pair: pair[0].day, reverse=True)
    links = tuple(_link(shared, archive) for archive in archives) if several else ()
    outputs = _pages(
        shared, tuple(mixed), "/newsletter/", {"heading": shared.words.newsletter, "letters": links}
    )
    above = Link(shared.words.newsletter, href("/newsletter/", shared.publication))
    for archive in archives:
        own = tuple((issue, "") for issue in archive.issues)
        values = {"heading": archive.title, "letters": (), "parent": above}
        outputs += _pages(shared, own, archive.url, values)
    return tuple(outputs)


def _pages(
    shared: Frame, issues: tuple[tuple[BackIssue, str], ...], url: str, values: Mapping[str, object]
) -> list[Output]:
    outputs = []
    for leaf in paginate(issues, url, _ISSUES):
        page, pager = paged(shared, leaf, str(values["heading"]))
        shown = tuple(_past(shared, issue, newsletter) for issue, newsletter in leaf.items)
        told = {"parent": None, **values, "issues": shown, "pager": pager}
        outputs.append(shared.write("newsletters.html", page, told))
    return outputs


def _link(shared: Frame, archive: Archive) -> Link:
    return Link(archive.title, href(archive.url, shared.publication), count=len(archive.issues))


def _past(shared: Frame, issue: BackIssue, newsletter: str) -> Past:
    moment = datetime.combine(issue.day, time(), shared.publication.zone)
    where = href(issue.url, shared.publication)
    return Past(shared.words.date(moment), issue.day.isoformat(), issue.lead, where, newsletter)
