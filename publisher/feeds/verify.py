"""The files of a site in -> what is wrong with its feeds out, as findings (FD001, FD002).

Every format is read back as a stranger would: well-formed, ids there and unique, dates with zone, addresses
absolute. Sources: RFC 4287, RSS 2.0.11, jsonfeed.org/version/1.1.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from publisher.model import Finding, Output

_FEED = re.compile(r"(?:^|/)feed(?:/[0-9]+)?\.(?:xml|atom|json)")
_ATOM = "{http://www.w3.org/2005/Atom}"
_BODY = "{http://purl.org/rss/1.0/modules/content/}encoded"
_HREF = re.compile(r'<[^<>]*\s(?:href|src|poster)="(?!https?://|mailto:|tel:|#)([^"]*)"')
_VERSION = "https://jsonfeed.org/version/1.1"
_LARGEST = 5_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Read:
    """An item as it was read back; '' for what is not there."""

    id: str
    link: str
    title: str
    dates: tuple[str, ...]
    body: str


def feed_findings(outputs: Iterable[Output], partners: Container[str] = ()) -> Iterator[tuple[str, Finding]]:
    """(path, finding) of every feed among the files of a site; `partners` are paths of feeds of their own."""
    for output in outputs:
        if _FEED.search(output.path) or output.path in partners:
            yield from ((output.path, Finding("FD001", (), each)) for each in faults(output))
            if len(output.content) > _LARGEST:
                size = f"{len(output.content) / 1e6:.1f} MB; readers and partners refuse more than 5"
                yield output.path, Finding("FD002", (), size)


def faults(feed: Output) -> Iterator[str]:
    """What is wrong with one feed, in words."""
    try:
        items = _json(feed.content) if feed.path.endswith(".json") else _xml(feed.content)
    except (ValueError, LookupError, TypeError, AttributeError, etree.XMLSyntaxError) as error:
        yield f"it cannot be read: {error}"
        return
    for name, count in Counter(item.id for item in items).items():
        if not name or count > 1:
            yield f"{count} items have the id {name!r}" if name else f"{count} items have no id"
    for item in items:
        yield from (f"{item.title!r}: {fault}" for fault in _of_item(item))


def _of_item(item: Read) -> Iterator[str]:
    if not item.title:
        yield "it has no title"
    if not item.link.startswith(("https://", "http://")):
        yield f"its address is not absolute: {item.link!r}"
    yield from (
        f"its date has no zone or cannot be read: {date!r}" for date in item.dates if not _dated(date)
    )
    yield from (f"an address in its text is not absolute: {href!r}" for href in _HREF.findall(item.body))


def _dated(text: str) -> bool:
    """A date of RFC 822 (weekday first) or RFC 3339, with its zone."""
    try:
        moment = parsedate_to_datetime(text) if text[:1].isalpha() else datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None


def _xml(content: bytes) -> list[Read]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    if root.tag == "rss":
        return [_rss(item) for item in root.iter("item")]
    if root.tag != f"{_ATOM}feed":
        raise ValueError(f"neither RSS nor Atom but <{root.tag}>")
    return [_atom(entry) for entry in root.iter(f"{_ATOM}entry")]


def _rss(item: etree._Element) -> Read:
    dates = (item.findtext("pubDate") or "", item.findtext(f"{_ATOM}updated") or "")
    name, link, title = (item.findtext(tag) or "" for tag in ("guid", "link", "title"))
    return Read(name, link, title, dates, item.findtext(_BODY) or "")


def _atom(entry: etree._Element) -> Read:
    links = entry.findall(f"{_ATOM}link")
    link = next((each.get("href") or "" for each in links if each.get("rel") == "alternate"), "")
    dates = tuple(entry.findtext(f"{_ATOM}{name}") or "" for name in ("published", "updated"))
    body = entry.findtext(f"{_ATOM}content") or ""
    return Read(entry.findtext(f"{_ATOM}id") or "", link, entry.findtext(f"{_ATOM}title") or "", dates, body)


def _json(content: bytes) -> list[Read]:
    record: dict[str, Any] = json.loads(content)
    if record.get("version") != _VERSION:
        raise ValueError(f"it is not a JSON Feed 1.1: {record.get('version')!r}")
    return [
        Read(
            each["id"] if isinstance(each.get("id"), str) else "",
            each.get("url", ""),
            each.get("title", ""),
            (each.get("date_published", ""), each.get("date_modified", "")),
            each.get("content_html", ""),
        )
        for each in record["items"]
    ]
