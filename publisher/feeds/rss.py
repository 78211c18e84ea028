"""Entries in -> the RSS 2.0 feed as one Output. feedgen is imported here and nowhere else (it is slow).

The same entries give the same bytes on any day, in any time zone and locale. Sources: RSS 2.0.11 and
the RSS Best Practices Profile of the RSS Advisory Board.
"""

from datetime import datetime
from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from publisher.feeds.extension import ChannelExtension, ItemExtension
from publisher.model import Card, Entry, Image, Output
from publisher.render.characters import percent_encode, strip_illegal
from publisher.render.text import summarise
from publisher.settings import Publication

PATH = "feed.xml"
_SUMMARY = 500  # characters; Flipboard asks for 300 at least


def rss(entries: tuple[Entry, ...], publication: Publication) -> Output:
    """`/feed.xml` with the newest `publication.feed.items` of `entries`, in whatever order they come.

    Links and pictures in `entry.html` have to be absolute already. Dates need a zone (ValueError).
    """
    newest = sorted(entries, key=lambda entry: entry.card.path)
    newest.sort(key=lambda entry: entry.card.date, reverse=True)
    newest = newest[: max(publication.feed.items, 0)]
    channel = _channel(publication, max((_modified(entry.card) for entry in newest), default=None))
    for entry in newest:
        _add_item(channel, entry, publication)
    return Output(PATH, channel.rss_str(pretty=True))


def _channel(publication: Publication, date: datetime | None) -> Any:
    made = FeedGenerator()
    made.register_extension("publisher", ChannelExtension, ItemExtension, atom=False)
    made.publisher.hub = percent_encode(publication.feed.hub)
    made.publisher.dated = date is not None
    if date:
        made.lastBuildDate(date)
    title = strip_illegal(publication.title)
    made.title(title)
    made.description(strip_illegal(publication.description) or title)
    made.link(href=_address(publication, f"/{PATH}"), rel="self", type="application/rss+xml")
    # The last link becomes the channel's own, so the home page has to come after the feed.
    made.link(href=_address(publication, "/"), rel="alternate")
    made.language(publication.language)
    made.generator("Publisher")
    if publication.rights:
        made.rights(strip_illegal(publication.rights))
    return made


def _add_item(channel: Any, entry: Entry, publication: Publication) -> None:
    card = entry.card
    item = channel.add_entry(order="append")
    item.title(strip_illegal(card.title))
    item.link(href=_address(publication, card.url))
    item.guid(strip_illegal(card.id), permalink=False)
    item.published(card.date)
    # Readers take a description for HTML: what looks like a tag in plain text has to be escaped.
    item.description(escape(strip_illegal(card.summary or summarise(entry.text, _SUMMARY)), quote=False))
    if publication.feed.content == "full" and entry.html:
        item.content(strip_illegal(entry.html), type="html")
    for term in dict.fromkeys(filter(None, (card.section, *card.tags))):
        item.category(term=strip_illegal(term))
    if card.source and card.source.url:
        item.source(url=percent_encode(card.source.url), title=strip_illegal(card.source.name))
    item.publisher.creators = tuple(map(strip_illegal, _creators(card, publication)))
    item.publisher.modified = _modified(card)
    item.publisher.image = _picture(card.image)


def _creators(card: Card, publication: Publication) -> tuple[str, ...]:
    return card.authors or (publication.author or publication.title,)


def _modified(card: Card) -> datetime:
    """Never before the day of publication."""
    return max(card.date, card.updated or card.date)


def _picture(image: Image | None) -> Image | None:
    """Only pictures that have an address on the web."""
    if image is None or not image.src.startswith(("https://", "http://")):
        return None
    return Image(percent_encode(image.src), strip_illegal(image.alt), strip_illegal(image.credit))


def _address(publication: Publication, url: str) -> str:
    return percent_encode(publication.absolute(url))
