"""What feedgen cannot write into RSS: hub, authors by name, modification dates, pictures with credit.

feedgen calls `extend_ns` and `extend_rss` with finished lxml elements; values are handed over as
attributes, because an extension is told nothing of its entry. Sources: RSS Advisory Board's RSS Best
Practices Profile, Media RSS 1.5.1, WebSub section 4, RFC 4287.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from publisher.model import Image
from publisher.site.dates import rfc3339

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"

_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


class Element(Protocol):
    """As much of an lxml element as is needed here."""

    text: str | None

    def makeelement(self, tag: str, attributes: Mapping[str, str]) -> "Element": ...
    def append(self, element: "Element") -> None: ...
    def remove(self, element: "Element") -> None: ...
    def find(self, path: str) -> "Element | None": ...
    def __iter__(self) -> Iterator["Element"]: ...


class ChannelExtension:
    """`hub` is an address or empty; `dated` says whether the channel has a date of its own."""

    hub = ""
    dated = True

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA}

    def extend_rss(self, root: Element) -> Element:
        (channel,) = root
        if self.hub:
            add(channel, f"{{{ATOM}}}link", "", {"rel": "hub", "href": self.hub})
        date = channel.find("lastBuildDate")
        if not self.dated and date is not None:
            channel.remove(date)  # feedgen falls back to the clock and has no way to say "none"
        return root


class ItemExtension:
    """`modified` with zone; `image` with an absolute address. Sizes of pictures are not known here."""

    creators: tuple[str, ...] = ()
    modified: datetime | None = None
    image: Image | None = None

    def extend_rss(self, item: Element) -> Element:
        for name in self.creators:
            add(item, f"{{{DC}}}creator", name)
        if self.modified:
            add(item, f"{{{ATOM}}}updated", rfc3339(self.modified))
        if self.image:
            self._add_picture(item, self.image)
        return item

    def _add_picture(self, item: Element, image: Image) -> None:
        attributes = {"url": image.src, "medium": "image"}
        if kind := _TYPES.get(image.src.partition("?")[0].rpartition(".")[2].lower()):
            attributes["type"] = kind
        content = add(item, f"{{{MEDIA}}}content", "", attributes)
        if image.alt:
            add(content, f"{{{MEDIA}}}description", image.alt, {"type": "plain"})
        if image.credit:
            add(content, f"{{{MEDIA}}}credit", image.credit)


def add(parent: Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child of `parent`."""
    child = parent.makeelement(tag, attributes or {})
    child.text = text or None
    parent.append(child)
    return child
