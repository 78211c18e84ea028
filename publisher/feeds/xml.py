"""The values of a feed in -> RSS 2.0 and Atom 1.0 out. feedgen is imported here and nowhere else (slow).

The same values give the same bytes on any day, in any time zone and locale. Sources: RSS 2.0.11 and the
RSS Best Practices Profile of the RSS Advisory Board; RFC 4287 (Atom).
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from feedgen.feed import FeedGenerator

from publisher.feeds.channel import Channel, Item
from publisher.feeds.dialects import PartnerChannel, PartnerItem
from publisher.feeds.extension import ChannelExtension, ItemExtension
from publisher.feeds.people import Person
from publisher.feeds.tombstones import TombstoneExtension

# Atom wants a date, and a feed without items has none; validators find years before 1990 implausible.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_ICON = "144"  # pixels; RSS allows no wider one


def xml(channel: Channel) -> tuple[bytes, bytes]:
    """The feed as RSS and as Atom."""
    return rss(channel), atom(channel)


def rss(channel: Channel) -> bytes:
    """The feed as RSS 2.0."""
    content: bytes = _marked(channel, "xml", "application/rss+xml").rss_str(pretty=True)
    return content


def atom(channel: Channel) -> bytes:
    """The feed as Atom 1.0."""
    content: bytes = _marked(channel, "atom", "application/atom+xml").atom_str(pretty=True)
    return content


def _marked(channel: Channel, ending: str, kind: str) -> Any:
    """With what a partner asks for besides. Its extension comes last, so that it sees what others wrote."""
    made = _filled(channel, ending, kind)
    if channel.partner:
        made.register_extension("partner", PartnerChannel, PartnerItem)
        made.partner.partner = channel.partner
        for entry, item in zip(made.entry(), channel.items, strict=True):
            entry.partner.item = item
            entry.partner.partner = channel.partner
    return made


def _filled(channel: Channel, ending: str, kind: str) -> Any:
    made = FeedGenerator()
    made.register_extension("publisher", ChannelExtension, ItemExtension)
    made.publisher.channel = channel
    if channel.tombstones:
        made.register_extension("tombstones", TombstoneExtension, rss=False)
        made.tombstones.channel = channel
    made.id(channel.id)
    made.updated(_dated(channel.updated or _NEVER, ending))
    made.title(channel.title)
    made.description(channel.description)
    made.author(_author(channel.author, channel.people))
    made.link(href=f"{channel.stem}.{ending}", rel="self", type=kind)
    # The last link becomes the channel's own, so the home page has to come after the feed.
    made.link(href=channel.home, rel="alternate", type="text/html")
    made.language(channel.language)
    made.generator("Publisher")
    made.image(url=channel.icon, title=channel.title, link=channel.home, width=_ICON, height=_ICON)
    made.icon(channel.icon)
    if channel.rights:
        made.rights(channel.rights)
    seen = Counter[datetime]()
    for item in channel.items:
        _add(made, item, channel, ending)
        made.entry()[-1].publisher.same = seen[item.modified]
        seen[item.modified] += 1
    return made


def _author(name: str, people: Mapping[str, Person]) -> dict[str, str]:
    person = people.get(name, Person())
    known = {"name": name, "uri": person.uri, "email": person.email}
    return {key: value for key, value in known.items() if value}


def _dated(moment: datetime, ending: str) -> datetime:
    """In RSS an offset that is not of half hours (Nepal's) is in UTC: validators take it for a mistake."""
    half = (moment.utcoffset() or timedelta()) % timedelta(minutes=30) == timedelta()
    return moment if ending == "atom" or half else moment.astimezone(UTC)


def _add(made: Any, item: Item, channel: Channel, ending: str) -> None:
    entry = made.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=item.url)
    entry.guid(item.id, permalink=False)
    entry.published(_dated(item.published, ending))
    entry.updated(item.modified)
    entry.author([_author(name, channel.people) for name in item.authors])
    entry.summary(item.summary)
    if item.html:
        entry.content(item.html, type="html")
    entry.publisher.item = item
    entry.publisher.spoken = channel.language
