"""feedparser (github.com/kurtmckee/feedparser), on which many readers stand."""

import feedparser
import pytest

from tests.readers.served import Served


@pytest.mark.parametrize("path", ["feed.xml", "feed.atom", "feeds/smart.xml"])
def test_feedparser(feeds: Served, path: str) -> None:
    url = f"{feeds.address}/{path}"
    found = feedparser.parse(url)
    assert not found.bozo, found.get("bozo_exception")
    assert [(each.id, each.title, each.link) for each in found.entries] == [
        (each.id, each.title, each.link) for each in feeds.items
    ]
    assert {each.author for each in found.entries} == {"Ana Lund"}
    assert all("begins here, &amp; it has" in each.content[0].value for each in found.entries)
    assert feedparser.parse(url, etag=found.etag).status == 304
    assert feedparser.parse(url, modified=found.modified).status == 304
    assert feeds.statuses() == [200, 304, 304]
