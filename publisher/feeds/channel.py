"""Entries of a feed in -> its frozen values out, from which every format is written.

Everything that the formats have to agree in is settled here once: ids, addresses, titles, dates, texts.
All texts are clean enough for XML 1.0 (section 2.2), all addresses absolute and percent-encoded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from publisher.feeds.identity import address, feed_id
from publisher.feeds.identity import permanent as permanent  # noqa: PLC0414 - given on
from publisher.feeds.people import People, Person
from publisher.feeds.plain import body, fit, uri
from publisher.feeds.titles import plain_line as _line
from publisher.feeds.titles import plain_title
from publisher.feeds.withdrawn import Tombstone, tombstones
from publisher.model import Card, Entry, Image, Origin
from publisher.render.text import opens, summarise
from publisher.settings import PartnerFeed, Publication
from publisher.site.dates import rfc3339
from publisher.site.feeds import Feed
from publisher.site.links import license_address, web
from publisher.site.terms import fold

_SUMMARY = (500, 300)  # characters at most, and at least: Flipboard asks for them
_MOST = 4_500_000  # bytes of full text in one feed; readers refuse feeds of more than 5,000,000
_LONG = 150_000  # bytes; a long feature has a third of it


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
    home = address(publication, feed.home)
    author = _line(publication.author or publication.title)
    return Channel(
        id=feed_id(feed, publication),
        title=title,
        description=_line(publication.description) or title,
        stem=address(publication, f"{feed.url}feed"),
        home=home,
        language=feed.language or publication.language,
        author=author,
        icon=address(publication, "/icon-192.png"),
        items=items,
        rights=_line(publication.rights),
        license=_license(publication.rights),
        hub=uri(publication.feed.hub),
        people=_told(author, (name for item in items for name in item.authors), people()),
        tombstones=tuple(tombstones(feed.withdrawn, _oldest(items, publication), publication)),
    )


def newest(feed: Feed) -> tuple[Entry, ...]:
    """The entries of a feed, newest first, those of one moment by path."""
    by_path = sorted(feed.entries, key=lambda entry: entry.card.path)
    return tuple(sorted(by_path, key=lambda entry: entry.card.date, reverse=True))


def people_of(
    entries: Iterable[Entry], publication: Publication, people: Mapping[str, Person]
) -> Mapping[str, Person]:
    """Those of `people` that a feed of these entries may name."""
    names = (name for entry in entries for name in entry.card.authors)
    return _told(_line(publication.author or publication.title), map(_line, names), people)


def _item(entry: Entry, publication: Publication) -> Item:
    card = entry.card
    # One that was made of the text, for lists, is too short for partners.
    stated = "" if opens(entry.text, card.summary) else card.summary
    summary = _line(stated) or _line(summarise(entry.text, *_SUMMARY))
    title = plain_title(card.title) or plain_title(summary) or card.slug
    published = _moment(card.date)
    updated = _moment(card.updated) if card.updated else published
    full = publication.feed.content == "full"
    return Item(
        id=permanent(card.id),
        url=address(publication, card.url),
        title=title,
        published=published,
        modified=max(published, updated),
        authors=_distinct(card.authors) or (_line(publication.author or publication.title),),
        summary=summary or title,
        html=body(entry.html) if full else "",
        categories=_distinct((card.section, *card.tags)) or (_line(publication.title),),
        picture=_picture(card, title),
        language=card.language or publication.language,
        source=_source(card),
        via=_web(card.canonical_url) or (_web(card.source.url) if card.source else ""),
        license=_license(card.source.license if card.source else publication.rights),
        rights=_line(card.source.license) if card.source else "",
    )


def _told(author: str, authors: Iterable[str], people: Mapping[str, Person]) -> dict[str, Person]:
    """Of the feed's author and those of its items, by their names there."""
    names = {name: people.get(fold(name)) for name in (author, *authors)}
    return {name: person for name, person in names.items() if person}


def _oldest(items: tuple[Item, ...], publication: Publication) -> datetime | None:
    """How far back the feed goes; None where it goes back to the beginning."""
    return items[-1].published if len(items) >= publication.feed.items else None


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
    return replace(image, src=uri(image.src), alt=_line(image.alt) or title, credit=_line(image.credit))


def _source(card: Card) -> Origin | None:
    if card.source is None or not _line(card.source.name):
        return None
    return replace(card.source, name=_line(card.source.name), url=_web(card.source.url))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, names))))


def _web(url: str) -> str:
    return uri(web(fit(url)))


def _license(name: str) -> str:
    return uri(license_address(fit(name)))
