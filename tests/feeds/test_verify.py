"""Feeds read back: sound ones pass, each fault is named."""

import json
from typing import Any

import pytest

from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.verify import faults, feed_findings
from publisher.feeds.xml import atom, rss
from publisher.model import Output
from tests.feeds.samples import entry, told

CHANNEL = told(entry(1), entry(2, html='<p><a href="#top">up</a> <a href="mailto:a@example.org">a</a></p>'))
SOUND = {"feed.xml": rss(CHANNEL), "feed.atom": atom(CHANNEL), "feed/1.json": json_feed(CHANNEL)}
RELATIVE = '<p><a href="/x/">x</a> says href="/y/"</p>'


def told_of(path: str, content: bytes) -> list[str]:
    return list(faults(Output(path, content)))


def test_sound_feeds_pass() -> None:
    outputs = [Output(path, content) for path, content in SOUND.items()]
    assert list(feed_findings([*outputs, Output("index.html", b"<p>"), Output("a.xml", b"<")])) == []


@pytest.mark.parametrize("path", SOUND)
def test_what_cannot_be_read(path: str) -> None:
    (found,) = told_of(path, SOUND[path][:-20])
    assert found.startswith("it cannot be read: ")
    assert told_of(path, b"<html></html>")
    assert told_of(path, b"[]")


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        ("feed.xml", b"urn:example:2", b"urn:example:1", "2 items have the id 'urn:example:1'"),
        ("feed.atom", b"urn:example:2", b"", "1 items have no id"),
        ("feed.xml", b"10:30:00 +0200", b"10:30:00 -0000", "its date has no zone"),
        ("feed.atom", b"10:30:00+02:00</pub", b"10:30:00</pub", "its date has no zone"),
        ("feed/1.json", b"2026-05-01T10:30:00+02:00", b"yesterday", "cannot be read: 'yesterday'"),
        ("feed.xml", b"<link>https://news.example.org/2026", b"<link>/2026", "its address is not absolute"),
        ("feed/1.json", b'"Ferry vote"', b'""', "it has no title"),
    ],
)
def test_each_fault_is_named(path: str, old: bytes, new: bytes, fault: str) -> None:
    assert old in SOUND[path]
    found = told_of(path, SOUND[path].replace(old, new))
    assert any(fault in each for each in found), found


@pytest.mark.parametrize("make", [rss, atom, json_feed])
def test_relative_addresses_in_texts(make: Any) -> None:
    path = "feed.json" if make is json_feed else "feed.xml"
    found = told_of(path, make(told(entry(html=RELATIVE))))
    assert found == ["'Ferry vote': an address in its text is not absolute: '/x/'"]


def test_a_number_is_no_id_in_json() -> None:
    record = json.loads(SOUND["feed/1.json"])
    record["items"][0]["id"] = 5
    assert told_of("feed.json", json.dumps(record).encode()) == ["1 items have no id"]


def test_a_feed_that_nobody_takes() -> None:
    vast = json_feed(told(entry(html="<p>" + "x" * 5_000_000)))
    (found,) = feed_findings([Output("feed.json", vast + b" " * 5_000_000)])
    assert (found[0], found[1].code) == ("feed.json", "FD002")
