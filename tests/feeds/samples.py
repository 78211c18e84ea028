"""Invented entries, and the feeds made of them."""

from datetime import datetime, timedelta, timezone
from typing import Any

from publisher.feeds.channel import Channel, channel
from publisher.feeds.xml import rss
from publisher.model import Card, Entry
from publisher.prose import Prose
from publisher.settings import FeedSettings, Publication
from publisher.site.feeds import Feed

ZONE = timezone(timedelta(hours=2))
PUBLICATION = Publication(
    title="North & South",
    description="News from both shores",
    base_url="https://news.example.org",
    language="en-GB",
    author="The Desk",
    rights="CC BY 4.0",
    feed=FeedSettings(items=20, hub="https://hub.example.org/"),
)
HTML = '<p>The council <a href="https://news.example.org/x/">voted</a> &lt;b&gt; &amp;amp; ]]&gt;</p>'


def entry(number: int = 0, title: str = "Ferry vote", html: str = HTML, **card: Any) -> Entry:
    """One entry; later numbers are newer. `card` replaces fields of the card."""
    values: dict[str, Any] = {
        "path": f"news/{number:03}.md",
        "id": f"urn:example:{number}",
        "url": f"/2026/05/vote-{number}/",
        "slug": f"vote-{number}",
        "title": title,
        "date": datetime(2026, 5, 1, 8, 30, tzinfo=ZONE) + timedelta(hours=number),
        "updated": None,
        "authors": ("Ada Berg",),
        "summary": "",
        "section": "Harbour",
        "tags": ("ferry", "costs"),
        "image": None,
        "language": "en",
        "featured": False,
        "draft": False,
        "canonical_url": "",
        "source": None,
        "words": 5,
        "minutes": 1,
    }
    return Entry(Card(**values | card), Prose(html, "The council voted."), (), (), ())


def told(*entries: Entry, publication: Publication = PUBLICATION) -> Channel:
    """The values of the publication's feed."""
    return channel(Feed(publication.title, "/", "/", entries), publication)


def as_rss(*entries: Entry, publication: Publication = PUBLICATION) -> bytes:
    return rss(told(*entries, publication=publication))
