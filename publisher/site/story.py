"""A card in -> what the theme shows of an article out: dates in words, links resolved."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from publisher.keying import Digests, joined
from publisher.model import Card, Entry, Image
from publisher.settings import Publication
from publisher.site.dates import rfc3339
from publisher.site.links import Link, address, href, license_address, web, within
from publisher.site.terms import Kind, Term, fold, named
from publisher.site.words import Direction, Words, direction

Terms = dict[Kind, dict[str, Term]]
Mentions = Mapping[Kind, Mapping[str, Link]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date for people (`day`, in the publication's zone) and for machines (`iso`, RFC 3339)."""

    day: str
    iso: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a syndicated article comes from; addresses are empty when there is none."""

    name: str
    author: str
    href: str
    license: str
    license_href: str


@dataclass(frozen=True, slots=True)
class Story:
    """One article for the templates. `foreign`: its language is not that of the page around it.

    `href` is for links, `address` absolute, `canonical` the original's address for syndicated pieces,
    `picture` the image's for pages, `preview` what links to it show.
    """

    title: str
    summary: str
    href: str
    address: str
    canonical: str
    language: str
    direction: Direction
    foreign: bool
    published: Moment
    updated: Moment | None
    reading: str
    image: Image | None
    picture: str
    preview: Image | None
    section: Link | None
    authors: tuple[Link, ...]
    tags: tuple[Link, ...]
    source: Credit | None


class Stories(dict[str, Story]):
    """The stories of entries by the path of each, told when they are first asked for."""

    def __init__(self, entries: Iterable[Entry], telling: Callable[[Card], Story]) -> None:
        super().__init__()
        self._cards = {entry.card.path: entry.card for entry in entries}
        self._telling = telling

    def __missing__(self, path: str) -> Story:
        story = self[path] = self._telling(self._cards[path])
        return story


class StoryKeys(dict[str, bytes]):
    """By the path of each entry a digest of all that its story is told from, but for the publication."""

    def __init__(self, entries: Iterable[Entry], mentions: Mentions, digests: Digests) -> None:
        super().__init__()
        self._cards = {entry.card.path: entry.card for entry in entries}
        self._mentions = mentions
        self._digests = digests
        self._links: dict[tuple[Kind, tuple[str, ...]], bytes] = {}

    def __missing__(self, path: str) -> bytes:
        card = self._cards[path]
        section, people = self._linked("section", (card.section,)), self._linked("author", card.authors)
        key = self[path] = joined((self._digests(card), section, people, self._linked("tag", card.tags)))
        return key

    def _linked(self, kind: Kind, names: tuple[str, ...]) -> bytes:
        known = self._links.get((kind, names))
        if known is None:
            links = (self._mentions[kind][fold(name)] for name in names if name.strip())
            known = self._links[kind, names] = joined(map(self._digests, links))
        return known


def tell(card: Card, publication: Publication, mentions: Mentions, words: Words) -> Story:
    """The story of a card. Every name on the card must have its link among `mentions`."""
    language = card.language or publication.language
    sections = _links(card, "section", mentions)
    credit = _credit(card)
    own = address(card.url, publication)
    image = card.image if card.image and web(card.image.src) else None
    return Story(
        title=card.title,
        summary=card.summary,
        href=href(card.url, publication),
        address=own,
        canonical=web(card.canonical_url) or (credit.href if credit else "") or own,
        language=language,
        direction=direction(language),
        foreign=language.lower() != publication.language.lower(),
        published=_moment(card.date, publication, words),
        updated=_moment(card.updated, publication, words)
        if card.updated and card.updated > card.date
        else None,
        reading=words.reading(card.minutes),
        image=image,
        picture=within(image.src, publication) if image else "",
        preview=image or card.preview,
        section=sections[0] if sections else None,
        authors=_links(card, "author", mentions),
        tags=_links(card, "tag", mentions),
        source=credit,
    )


def link(term: Term, publication: Publication) -> Link:
    """The link to a term's first page."""
    return Link(term.name, href(term.url, publication), address(term.url, publication), len(term.entries))


def mention(term: Term, publication: Publication) -> Link:
    """The same without the count: it would change the pages of all other articles with each new one."""
    return Link(term.name, href(term.url, publication), address(term.url, publication))


def _links(card: Card, kind: Kind, mentions: Mentions) -> tuple[Link, ...]:
    keys = dict.fromkeys(fold(name) for name in named(card, kind))
    return tuple(mentions[kind][key] for key in keys)


def _moment(moment: datetime, publication: Publication, words: Words) -> Moment:
    local = moment.astimezone(publication.zone)
    return Moment(words.date(local), rfc3339(local))


def _credit(card: Card) -> Credit | None:
    source = card.source
    if not source:
        return None
    return Credit(
        source.name, source.author, web(source.url), source.license, license_address(source.license)
    )
