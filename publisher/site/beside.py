"""What stands on the site beside the articles: free pages, authors, the newsletters with their issues."""

from dataclasses import dataclass, field
from datetime import date

from publisher.keying import Digests
from publisher.model import Entry
from publisher.similar.related import Known


@dataclass(frozen=True, slots=True)
class BackIssue:
    """An issue of a newsletter that has a page: local date, site-relative address, title of its lead."""

    day: date
    url: str
    lead: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A newsletter and its issues, newest first. `entries` are those that stand in its feed."""

    name: str
    title: str
    issues: tuple[BackIssue, ...]
    entries: tuple[Entry, ...] = ()

    @property
    def url(self) -> str:
        """Where its issues are listed."""
        return f"/newsletter/{self.name}/"


@dataclass(frozen=True, slots=True)
class Beside:
    """`pages` are entries of the kinds page and author, by path; `archives` are newsletters with issues.

    `gone` are addresses of withdrawn articles, site-relative. `kin`: what is known of related articles;
    `digests`: those that were made of entries already.
    """

    pages: tuple[Entry, ...] = ()
    archives: tuple[Archive, ...] = ()
    gone: tuple[str, ...] = ()
    kin: Known = field(default_factory=Known)
    digests: Digests = field(default_factory=Digests)
