"""What a file says of itself: its address as a feed, and its hubs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.feeds.announced import Announced, announced
from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.xml import atom, rss
from tests.feeds.samples import entry, told

CHANNEL = told(entry(1), entry(2))
FEEDS = {"feed.xml": rss(CHANNEL), "feed.atom": atom(CHANNEL), "feeds/x.json": json_feed(CHANNEL)}


@pytest.mark.parametrize("path", FEEDS)
def test_feeds(path: str) -> None:
    ending = path.rpartition(".")[2]
    assert announced(path, FEEDS[path]) == Announced(
        f"https://news.example.org/feed.{ending}", ("https://hub.example.org/",)
    )


@pytest.mark.parametrize("path", FEEDS)
def test_what_nobody_follows(path: str) -> None:
    ending = path.rpartition(".")[2]
    assert announced(f"feed/12.{ending}", FEEDS[path]) is None
    assert announced(f"section/a/feed/1.{ending}", FEEDS[path]) is None
    assert announced(path, FEEDS[path][:-30]) is None
    assert announced("index.html", FEEDS[path]) is None
    assert announced(path, b"") is None


@given(st.sampled_from([".xml", ".atom", ".json"]), st.binary(max_size=60))
def test_nothing_is_too_odd(ending: str, tail: bytes) -> None:
    for head in (
        b"<rss>",
        b"<rss xmlns='http://www.w3.org/2005/Atom'>",
        b'{"version": "https://jsonfeed.org/version/',
    ):
        announced(f"a{ending}", head + tail)
