"""The newsletter's issues in -> the pages that list them out."""

from dataclasses import dataclass
from datetime import datetime, time

from publisher.model import Output
from publisher.site.beside import BackIssue
from publisher.site.frame import Frame
from publisher.site.links import href
from publisher.site.listing import paginate
from publisher.site.lists import paged

_ISSUES = 60


@dataclass(frozen=True, slots=True)
class Past:
    """An issue for the templates: its day in words and as ISO 8601, what led it, and where it is."""

    day: str
    iso: str
    lead: str
    href: str


def newsletters(shared: Frame) -> tuple[Output, ...]:
    """`/newsletter/` and the pages of older issues; nothing where none has appeared."""
    if not shared.beside.issues:
        return ()
    outputs = []
    for leaf in paginate(shared.beside.issues, "/newsletter/", _ISSUES):
        page, pager = paged(shared, leaf, shared.words.newsletter)
        issues = tuple(_past(shared, issue) for issue in leaf.items)
        outputs.append(shared.write("newsletters.html", page, {"issues": issues, "pager": pager}))
    return tuple(outputs)


def _past(shared: Frame, issue: BackIssue) -> Past:
    moment = datetime.combine(issue.day, time(), shared.publication.zone)
    where = href(issue.url, shared.publication)
    return Past(shared.words.date(moment), issue.day.isoformat(), issue.lead, where)
