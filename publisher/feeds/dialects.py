"""What partners ask for beyond the formats, as a second extension of feedgen: dates, logos, rights.

Sources: SmartNews, SmartFormat 2.1 (`snf:`, `media:thumbnail`, a date of the channel); MSN Partner Hub, RSS
and Atom examples (`dcterms:modified`, `mi:hasSyndicationRights`, `media:title`). It runs after the extension
for all feeds, so what that has written is there.
"""

from publisher.feeds.channel import Item
from publisher.feeds.extension import MEDIA, Element, add
from publisher.settings import PartnerFeed
from publisher.site.dates import rfc3339

SNF = "http://www.smartnews.be/snf"
MI = "http://schemas.ingestion.microsoft.com/common/"
DCTERMS = "http://purl.org/dc/terms/"
_NAMESPACES = {"smartnews": {"snf": SNF}, "msn": {"mi": MI, "dcterms": DCTERMS}}


class PartnerChannel:
    """Of a whole feed."""

    partner: PartnerFeed

    def extend_ns(self) -> dict[str, str]:
        return _NAMESPACES.get(self.partner.profile, {})

    def extend_rss(self, root: Element) -> Element:
        (top,) = root
        if (built := top.find("lastBuildDate")) is not None:
            # FlatPlan and SmartNews ask for a date of the channel; it is that of its newest item.
            add(top, "pubDate", built.text or "")
        self._mark(top)
        return root

    def extend_atom(self, feed: Element) -> Element:
        self._mark(feed)
        return feed

    def _mark(self, top: Element) -> None:
        if self.partner.profile == "smartnews":
            for tag, address in (("logo", self.partner.logo), ("darkModeLogo", self.partner.dark_logo)):
                if address:
                    add(add(top, f"{{{SNF}}}{tag}", ""), "url", address)


class PartnerItem:
    """Of one item."""

    item: Item
    partner: PartnerFeed

    def extend_rss(self, element: Element) -> Element:
        return self.extend_atom(element)

    def extend_atom(self, element: Element) -> Element:
        if self.partner.profile == "smartnews":
            if self.item.picture:
                add(element, f"{{{MEDIA}}}thumbnail", "", {"url": self.item.picture.src})
            if self.partner.analytics:
                add(element, f"{{{SNF}}}analytics", self.partner.analytics)
        if self.partner.profile == "msn":
            add(element, f"{{{DCTERMS}}}modified", rfc3339(self.item.modified))
            content = element.find(f"{{{MEDIA}}}content")
            if content is not None and self.item.picture:
                add(content, f"{{{MEDIA}}}title", self.item.picture.alt)
                if self.partner.image_rights:
                    add(content, f"{{{MI}}}hasSyndicationRights", "1")
        return element
