"""A file of the site -> the feed that it is: its own address and the hubs it names; None for all others.

Source: W3C WebSub, section 4 (discovery): a topic names its hubs by `rel=hub` and itself by `rel=self`;
JSON Feed 1.1, `hubs` and `feed_url`.
"""

import json
import re
from dataclasses import dataclass

from lxml import etree

_ARCHIVE = re.compile(r"(?:^|/)feed/[0-9]+\.(?:xml|atom|json)")
_LINK = "{http://www.w3.org/2005/Atom}link"
_VERSION = b"https://jsonfeed.org/version/"
_ROOTS = (b"<rss", b"http://www.w3.org/2005/Atom")
_START = 500  # bytes, among which a feed says what it is


@dataclass(frozen=True, slots=True)
class Announced:
    """A feed by its public address, and the addresses of its hubs."""

    topic: str
    hubs: tuple[str, ...]


def announced(path: str, content: bytes) -> Announced | None:
    """The feed that subscribers may follow: no archive, whose articles never change, and with an address."""
    start = content[:_START]
    try:
        if path.endswith((".xml", ".atom")) and any(root in start for root in _ROOTS):
            found = _xml(content)
        elif path.endswith(".json") and _VERSION in start:
            found = _json(content)
        else:
            return None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, etree.XMLSyntaxError):
        return None
    return found if found.topic and not _ARCHIVE.search(path) else None


def _xml(content: bytes) -> Announced:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    top = root[0] if root.tag == "rss" else root
    links = [(link.get("rel"), link.get("href") or "") for link in top.findall(_LINK)]
    topic = next((href for rel, href in links if rel == "self"), "")
    return Announced(topic, tuple(href for rel, href in links if rel == "hub" and href))


def _json(content: bytes) -> Announced:
    record = json.loads(content)
    hubs = tuple(str(hub["url"]) for hub in record.get("hubs", ()) if hub.get("type") == "WebSub")
    return Announced(str(record.get("feed_url", "")), hubs)
