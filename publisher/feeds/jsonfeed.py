"""The values of a feed in -> JSON Feed 1.1 out (jsonfeed.org/version/1.1).

What the format has no name for stands in an object of our own, `_syndication`: rights, license, source,
the picture's text, credit and size, and what was withdrawn.
"""

from collections.abc import Mapping
from dataclasses import asdict

import msgspec

from publisher.feeds.channel import Channel, Item
from publisher.feeds.people import Person
from publisher.site.dates import rfc3339

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel) -> bytes:
    """The feed as JSON. Of texts that are not there nothing is said."""
    record = {
        "version": _VERSION,
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home,
        "feed_url": f"{channel.stem}.json",
        "next_url": f"{channel.older}.json" if channel.older else "",
        "icon": channel.icon,
        "language": channel.language,
        "authors": [_author(channel.author, channel.people)],
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
        "_syndication": _of_channel(channel),
    }
    items = [_item(item, channel) for item in channel.items]
    made = msgspec.json.encode({**_said(record), "items": items})
    return msgspec.json.format(made, indent=1) + b"\n"


def _of_channel(channel: Channel) -> dict[str, object]:
    gone = [{"id": each.id, "url": each.url, "date": rfc3339(each.when)} for each in channel.tombstones]
    return _said({"rights": channel.rights, "license": channel.license, "withdrawn": gone})


def _author(name: str, people: Mapping[str, Person]) -> dict[str, object]:
    """The format has no place for an e-mail address but this."""
    person = people.get(name, Person())
    return _said({"name": name, "url": person.uri or (person.email and f"mailto:{person.email}")})


def _item(item: Item, channel: Channel) -> dict[str, object]:
    record = {
        "id": item.id,
        "url": item.url,
        "external_url": item.via,
        "title": item.title,
        "content_html": item.html,
        "content_text": "" if item.html else item.summary,
        "summary": item.summary,
        "image": item.picture.src if item.picture else "",
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.modified),
        "authors": [_author(name, channel.people) for name in item.authors],
        "tags": list(item.categories),
        "language": item.language if item.language != channel.language else "",
        "_syndication": _syndication(item),
    }
    return _said(record)


def _syndication(item: Item) -> dict[str, object]:
    source = _said({"title": item.source.name, "url": item.source.url}) if item.source else {}
    image = _said({k: v for k, v in asdict(item.picture).items() if k != "src"}) if item.picture else {}
    return _said({"rights": item.rights, "license": item.license, "source": source, "image": image})


def _said(record: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if value}
