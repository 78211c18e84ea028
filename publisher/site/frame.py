"""The publication and its entries in -> what all pages share out: masthead, navigation, words, stories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment

from publisher.model import Entry, Output
from publisher.settings import Publication
from publisher.site.links import Link, address, href
from publisher.site.story import Story, Terms, link, tell
from publisher.site.style import style
from publisher.site.terms import Kind, by_name, by_size, collect
from publisher.site.words import Direction, Words, direction, words
from publisher.templating import fill

_NAVIGATION = 8


@dataclass(frozen=True, slots=True)
class Site:
    """What every template sees as `site`. All addresses are ready for `href`; `newsletter` may be empty."""

    title: str
    description: str
    rights: str
    language: str
    direction: Direction
    home: str
    style: str
    icon: str
    feed: str
    archive: str
    newsletter: str
    sections: tuple[Link, ...]
    lists: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What every template sees as `page`. `url` is site-relative, `address` absolute.

    `script` is what a content security policy calls the page's structured data, such as `sha256-…`.
    """

    kind: Literal["home", "article", "list", "archive", "missing"]
    title: str
    url: str
    address: str
    canonical: str
    description: str
    script: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that pages are made from."""

    made: Environment
    publication: Publication
    entries: tuple[Entry, ...]
    terms: Terms
    words: Words
    site: Site
    indexes: dict[Kind, Link]
    stories: dict[str, Story]

    def told(self, entries: tuple[Entry, ...]) -> tuple[Story, ...]:
        """The stories of entries, in their order."""
        return tuple(self.stories[entry.card.path] for entry in entries)

    def page(self, kind: Literal["home", "list", "archive", "missing"], title: str, url: str) -> Page:
        """A page of our own (no article): its canonical address is its own."""
        own = address(url, self.publication)
        return Page(kind, title, url, own, own, self.publication.description)

    def write(self, template: str, page: Page, values: Mapping[str, object]) -> Output:
        """One page as a file. Raises PublishError with the template's file and line."""
        shared = {"site": self.site, "page": page, "words": self.words}
        return Output(path_of(page.url), fill(self.made, template, {**shared, **values}).encode())


def path_of(url: str) -> str:
    """`/2026/03/slug/` -> `2026/03/slug/index.html`; an address that names a file is that file."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


def frame(entries: tuple[Entry, ...], publication: Publication, made: Environment, newsletter: str) -> Frame:
    """The shared values. `newsletter` is the address of the latest issue's page, or empty."""
    terms: Terms = {kind: collect(kind, entries) for kind in ("section", "tag", "author")}
    spoken = words(publication.language)
    indexes = _indexes(terms, spoken, publication)
    sections = by_name(by_size(terms["section"])[:_NAVIGATION])
    site = Site(
        title=publication.title,
        description=publication.description,
        rights=publication.rights,
        language=publication.language,
        direction=direction(publication.language),
        home=href("/", publication),
        style=href("/" + style(made, publication).path, publication),
        icon=href("/icon.svg", publication),
        feed=href("/feed.xml", publication),
        archive=href("/archive/", publication),
        newsletter=href(newsletter, publication) if newsletter else "",
        sections=tuple(link(term, publication) for term in sections),
        lists=tuple(indexes.values()),
    )
    stories = {entry.card.path: tell(entry.card, publication, terms, spoken) for entry in entries}
    return Frame(made, publication, entries, terms, spoken, site, indexes, stories)


def _indexes(terms: Terms, spoken: Words, publication: Publication) -> dict[Kind, Link]:
    """The indexes of sections, topics and authors; one without members is not there."""
    names: dict[Kind, str] = {"section": spoken.sections, "tag": spoken.topics, "author": spoken.authors}
    return {
        kind: Link(name, href(f"/{kind}/", publication), address(f"/{kind}/", publication), len(terms[kind]))
        for kind, name in names.items()
        if terms[kind]
    }
