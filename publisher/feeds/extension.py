"""What feedgen cannot write: links with their kinds, authors by name, pictures, licenses, archives.

feedgen calls `extend_ns`, `extend_rss` and `extend_atom` with finished lxml elements; values are handed
over as attributes, because an extension is told nothing of its entry. Atom elements come without a
namespace (feedgen writes it as an attribute), so their new children have none either. Sources: RSS
Advisory Board's RSS Best Practices Profile, Media RSS 1.5.1, WebSub section 4, RFC 4287, RFC 4946
(license), RFC 5005 (archives).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Protocol

from publisher.feeds.channel import Channel, Item
from publisher.model import Image
from publisher.site.dates import rfc3339

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IN_RSS = f"{{{ATOM}}}"


class Element(Protocol):
    """As much of an lxml element as is needed here."""

    text: str | None

    def makeelement(self, tag: str, attributes: Mapping[str, str]) -> "Element": ...
    def append(self, element: "Element") -> None: ...
    def remove(self, element: "Element") -> None: ...
    def find(self, path: str) -> "Element | None": ...
    def findall(self, path: str) -> "list[Element]": ...
    def set(self, name: str, value: str) -> None: ...
    def __iter__(self) -> Iterator["Element"]: ...


class ChannelExtension:
    """Of a whole feed."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        history = {"fh": HISTORY} if self.channel.current else {}
        return {"dc": DC, "media": MEDIA, **history}

    def extend_rss(self, root: Element) -> Element:
        (top,) = root
        date = top.find("lastBuildDate")
        if self.channel.updated is None and date is not None:
            top.remove(date)  # feedgen falls back to the clock and has no way to say "none"
        self._links(top, _IN_RSS, "xml")
        return root

    def extend_atom(self, feed: Element) -> Element:
        self._links(feed, "", "atom")
        return feed

    def _links(self, top: Element, prefix: str, ending: str) -> None:
        told = self.channel
        add_link(top, prefix, "hub", told.hub)
        add_link(top, prefix, "license", told.license)
        add_link(top, prefix, "prev-archive", f"{told.older}.{ending}" if told.older else "")
        if told.current:
            add_link(top, prefix, "current", f"{told.current}.{ending}")
            add(top, f"{{{HISTORY}}}archive", "")


class ItemExtension:
    """Of one item; `spoken` is the language of the feed, `same` counts items before it of its very date."""

    item: Item
    spoken = ""
    same = 0

    def extend_rss(self, element: Element) -> Element:
        item = self.item
        summary = element.find("description")
        if summary is not None:
            # Readers take a description for HTML: what looks like a tag in plain text has to be escaped.
            summary.text = escape(item.summary, quote=False)
        for name in item.categories:
            add(element, "category", name)
        for author in element.findall("author"):
            element.remove(author)  # feedgen's, where an e-mail is known; dc:creator names everybody
        for name in item.authors:
            add(element, f"{{{DC}}}creator", name)
        add(element, f"{{{ATOM}}}updated", rfc3339(item.modified))
        if item.source and item.source.url:
            add(element, "source", item.source.name, {"url": item.source.url})
        if item.language != self.spoken:
            add(element, f"{{{DC}}}language", item.language)
        if item.rights:
            add(element, f"{{{DC}}}rights", item.rights)
        self._extend(element, _IN_RSS)
        return element

    def extend_atom(self, element: Element) -> Element:
        item = self.item
        link = element.find("link")
        if link is not None:  # feedgen 1.0.0 writes nothing but its address
            link.set("rel", "alternate")
            link.set("type", "text/html")
        updated = element.find("updated")
        if self.same and updated is not None and updated.text:
            # Days without a time make many entries of one moment, of which the W3C validator warns. It
            # compares what is written: `09:00:00.0` is the same moment (RFC 3339, section 5.6).
            second = len("2026-11-20T09:00:00")
            updated.text = f"{updated.text[:second]}.{'0' * self.same}{updated.text[second:]}"
        for name in item.categories:
            add(element, "category", "", {"term": name})
        if item.language != self.spoken:
            element.set(_LANG, item.language)
        if item.rights:
            add(element, "rights", item.rights)
        if item.source and item.source.url:
            source = add(element, "source", "")
            add(source, "id", item.source.url)
            add(source, "title", item.source.name)
            add(source, "updated", rfc3339(item.published))
        self._extend(element, "")
        return element

    def _extend(self, element: Element, prefix: str) -> None:
        """What reads the same in both formats."""
        item = self.item
        add_link(element, prefix, "via", item.via)
        add_link(element, prefix, "license", item.license)
        if item.source and not item.source.url:
            add(element, f"{{{DC}}}source", item.source.name)
        if item.picture:
            # Readers built on feedparser would show a picture's text for the body, where there is none.
            add_picture(element, item.picture if item.html else replace(item.picture, alt=""))


def add_picture(parent: Element, image: Image) -> None:
    """A picture with all that is known of it (Media RSS 1.5.1)."""
    known = {
        "url": image.src,
        "fileSize": str(image.size or ""),
        "type": image.type,
        "medium": "image",
        "width": str(image.width or ""),
        "height": str(image.height or ""),
    }
    content = add(parent, f"{{{MEDIA}}}content", "", {name: value for name, value in known.items() if value})
    if image.alt:
        add(content, f"{{{MEDIA}}}description", image.alt, {"type": "plain"})
    if image.credit:
        add(content, f"{{{MEDIA}}}credit", image.credit)


def add_link(parent: Element, prefix: str, rel: str, href: str) -> None:
    """A link, if there is an address. `prefix` is the namespace in RSS and nothing in Atom."""
    if href:
        add(parent, f"{prefix}link", "", {"rel": rel, "href": href})


def add(parent: Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child of `parent`."""
    child = parent.makeelement(tag, attributes or {})
    child.text = text or None
    parent.append(child)
    return child
