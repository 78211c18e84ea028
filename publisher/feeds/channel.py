"""Entries of a feed in -> its frozen values out, from which every format is written.

Everything that the formats have to agree in is settled here once: ids, addresses, titles, dates, texts.
All texts are clean enough for XML 1.0 (section 2.2), all addresses absolute and percent-encoded.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from publisher.feeds.people import People, Person
from publisher.feeds.titles import plain_line as _line
from publisher.feeds.titles import plain_title
from publisher.model import Card, Entry, Image, Origin
from publisher.partner import PartnerFeed
from publisher.render.characters import percent_encode, strip_illegal
from publisher.render.text import summarise
from publisher.settings import Publication
from publisher.site.dates import rfc3339
from publisher.site.feeds import Feed
from publisher.site.links import license_address, web
from publisher.site.terms import fold

_SUMMARY = 500  # characters; Flipboard asks for 300 at least
_MOST = 4_500_000  # bytes of full text in one feed; readers refuse feeds of more than 5,000,000
_LONG = 150_000  # bytes; a long feature has a third of it
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Item:
    """An article as feeds show it. `title` and `summary` are plain text; `html` is empty for a summary alone.

    `modified` is never before `published`. `via` is the original's address, `license` that of a license;
    both may be empty, as `rights` (a text).
    """

    id: str
    url: str
    title: str
    published: datetime
    modified: datetime
    authors: tuple[str, ...]
    summary: str
    html: str
    categories: tuple[str, ...]
    picture: Image | None
    language: str
    source: Origin | None = None
    via: str = ""
    license: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an item that was withdrawn, so that readers take it away, too (RFC 6721)."""

    id: str
    url: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed. `stem` is its public address without `.xml`, `.atom` or `.json`; `home` its page.
    `partner` is whom it is made for, if not for everybody.

    `older` is the stem of the archive before it (RFC 5005); `current` that of the feed to subscribe to,
    in archives alone. `updated` is the date of its newest item; None without items. `people` tells of
    authors by their names; `tombstones` are of items that would be among the newest.
    """

    id: str
    title: str
    description: str
    stem: str
    home: str
    language: str
    author: str
    icon: str
    items: tuple[Item, ...]
    rights: str = ""
    license: str = ""
    hub: str = ""
    partner: PartnerFeed | None = None
    older: str = ""
    current: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def updated(self) -> datetime | None:
        return max((item.modified for item in self.items), default=None)


def channel(feed: Feed, publication: Publication, people: People = dict) -> Channel:
    """The values of a feed with the newest `publication.feed.items` of its entries; `people` by folded name.

    Links and pictures in `entry.html` have to be absolute already. Dates need a zone (ValueError).
    """
    items = _affordable(_item(entry, publication) for entry in newest(feed)[: publication.feed.items])
    title = _line(feed.title) or "–"
    home = _address(publication, feed.home)
    author = _line(publication.author or publication.title)
    return Channel(
        id=feed_id(feed, publication),
        title=title,
        description=_line(publication.description) or title,
        stem=_address(publication, f"{feed.url}feed"),
        home=home,
        language=feed.language or publication.language,
        author=author,
        icon=_address(publication, "/icon-192.png"),
        items=items,
        rights=_line(publication.rights),
        license=_license(publication.rights),
        hub=percent_encode(publication.feed.hub),
        people=_told(author, items, people()),
        tombstones=tuple(_tombstones(feed, items, publication)),
    )


def feed_id(feed: Feed, publication: Publication) -> str:
    """A URI that stays when the domain changes, where `feed.id` is given (RFC 4287, section 4.2.6).

    An address given as id is that of the publication's feed, and others are below it; of any other URI
    theirs are UUIDs made of it.
    """
    given = percent_encode(publication.feed.id)
    if not given:
        return _address(publication, feed.url)
    if feed.url == "/":
        return given
    if given.startswith(("https://", "http://")):
        return given.rstrip("/") + percent_encode(feed.url)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:feed:{given}{feed.url}").urn


def newest(feed: Feed) -> tuple[Entry, ...]:
    """The entries of a feed, newest first, those of one moment by path."""
    by_path = sorted(feed.entries, key=lambda entry: entry.card.path)
    return tuple(sorted(by_path, key=lambda entry: entry.card.date, reverse=True))


def permanent(stated: str) -> str:
    """An article's id as all formats give it: a URI as it is (RFC 4287), of any other name a UUID."""
    name = percent_encode(stated)
    return name if _URI.fullmatch(name) else uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:id:{stated!a}").urn


def _item(entry: Entry, publication: Publication) -> Item:
    card = entry.card
    summary = _line(card.summary) or _line(summarise(entry.text, _SUMMARY))
    title = plain_title(card.title) or plain_title(summary) or card.slug
    published = _moment(card.date)
    updated = _moment(card.updated) if card.updated else published
    full = publication.feed.content == "full"
    return Item(
        id=permanent(card.id),
        url=_address(publication, card.url),
        title=title,
        published=published,
        modified=max(published, updated),
        authors=_distinct(card.authors) or (_line(publication.author or publication.title),),
        summary=summary or title,
        html=strip_illegal(entry.html) if full else "",
        categories=_distinct((card.section, *card.tags)) or (_line(publication.title),),
        picture=_picture(card, title),
        language=card.language or publication.language,
        source=_source(card),
        via=_web(card.canonical_url) or (_web(card.source.url) if card.source else ""),
        license=_license(card.source.license if card.source else publication.rights),
        rights=_line(card.source.license) if card.source else "",
    )


def _told(author: str, items: Iterable[Item], people: Mapping[str, Person]) -> dict[str, Person]:
    """Of the feed's author and those of its items, by their names there."""
    names = {name: people.get(fold(name)) for name in (author, *(n for item in items for n in item.authors))}
    return {name: person for name, person in names.items() if person}


def _tombstones(feed: Feed, items: tuple[Item, ...], publication: Publication) -> Iterator[Tombstone]:
    """Newest first. What is older than a full feed goes back is in no reader's hands any more."""
    full = len(items) >= publication.feed.items
    for each in sorted(feed.withdrawn, key=lambda each: (each.date, each.id), reverse=True):
        if each.withdrawn and not (full and each.date < items[-1].published):
            yield Tombstone(permanent(each.id), _address(publication, each.url), each.withdrawn)


def _affordable(items: Iterable[Item]) -> tuple[Item, ...]:
    """In a feed that is too large, items of extraordinary length give their summary alone."""
    made = tuple(items)
    sizes = [_written(item.html) for item in made]
    if sum(sizes) <= _MOST:
        return made
    return tuple(
        item if size <= _LONG else replace(item, html="") for item, size in zip(made, sizes, strict=True)
    )


def _written(html: str) -> int:
    """Bytes in XML at most: brackets and ampersands are written as entities."""
    return len(html.encode()) + 3 * (html.count("<") + html.count(">")) + 4 * html.count("&")


def _moment(moment: datetime) -> datetime:
    """To the second, with an offset of whole minutes. Raises ValueError without zone."""
    if moment.tzinfo is None:
        raise ValueError("a date without timezone cannot go into a feed")
    return datetime.fromisoformat(rfc3339(moment))


def _picture(card: Card, title: str) -> Image | None:
    """The article's own, else the preview that stands for it; only with an address on the web."""
    image = card.image or card.preview
    if image is None or not image.src.startswith(("https://", "http://")):
        return None
    return replace(
        image, src=percent_encode(image.src), alt=_line(image.alt) or title, credit=_line(image.credit)
    )


def _source(card: Card) -> Origin | None:
    if card.source is None or not _line(card.source.name):
        return None
    return replace(card.source, name=_line(card.source.name), url=_web(card.source.url))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, names))))


def _address(publication: Publication, url: str) -> str:
    return percent_encode(publication.absolute(strip_illegal(url)))


def _web(url: str) -> str:
    return percent_encode(web(strip_illegal(url)))


def _license(name: str) -> str:
    return percent_encode(license_address(strip_illegal(name)))
