"""What stands on the site beside the articles: free pages, authors, the newsletter's issues."""

from dataclasses import dataclass
from datetime import date

from publisher.model import Entry


@dataclass(frozen=True, slots=True)
class BackIssue:
    """An issue of the newsletter that has a page: local date, site-relative address, title of its lead."""

    day: date
    url: str
    lead: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`pages` are entries of the kinds page and author, by path; `issues` come newest first.

    `gone` are addresses of withdrawn articles, site-relative.
    """

    pages: tuple[Entry, ...] = ()
    issues: tuple[BackIssue, ...] = ()
    gone: tuple[str, ...] = ()
