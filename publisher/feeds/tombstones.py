"""A feed's withdrawn items in -> what Atom says of them: `at:deleted-entry` (RFC 6721), by a feedgen hook."""

from publisher.feeds.channel import Channel
from publisher.feeds.extension import Element, add
from publisher.site.dates import rfc3339

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class TombstoneExtension:
    """Of a whole feed in Atom; no other format knows of deletion."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"at": TOMBSTONES}

    def extend_atom(self, feed: Element) -> Element:
        for each in self.channel.tombstones:
            said = {"ref": each.id, "when": rfc3339(each.when)}
            stone = add(feed, f"{{{TOMBSTONES}}}deleted-entry", "", said)
            add(stone, "link", "", {"rel": "alternate", "type": "text/html", "href": each.url})
        return feed
