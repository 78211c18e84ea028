"""Which feeds there are, and how far back they go."""

import json
from dataclasses import replace

import pytest
from lxml import etree

from publisher.config.checks import check
from publisher.feeds.every import planned
from publisher.model import Entry
from publisher.settings import FeedSettings, Publication
from publisher.site.feeds import feed_terms, feeds
from tests.feeds.samples import PUBLICATION, entry

A = "{http://www.w3.org/2005/Atom}"


def made(entries: tuple[Entry, ...], publication: Publication) -> dict[str, bytes]:
    terms = feed_terms(entries, (), publication)
    return {each.path: each.make() for each in planned(feeds(entries, terms, publication), publication)}


def with_feed(settings: FeedSettings) -> Publication:
    return replace(PUBLICATION, feed=settings)


ENTRIES = (
    entry(2, language="de", authors=("Ada Berg", "Bo")),
    entry(1, section="Town & Country", tags=("C++",)),
    entry(0),
)


def test_sections_have_feeds_unless_others_are_asked_for() -> None:
    assert set(made(ENTRIES, PUBLICATION)) == {
        f"{folder}feed.{ending}"
        for folder in ("", "section/harbour/", "section/town-country/")
        for ending in ("xml", "atom", "json")
    }
    assert len(made(ENTRIES, with_feed(FeedSettings(of=())))) == 3


def test_every_kind_of_feed() -> None:
    found = made(ENTRIES, with_feed(FeedSettings(of=("language", "tag", "author", "section"))))
    assert {path.removesuffix("feed.json") for path in found if path.endswith(".json")} == {
        "",
        *("section/harbour/", "section/town-country/", "tag/ferry/", "tag/costs/", "tag/c/"),
        *("author/ada-berg/", "author/bo/", "language/de/", "language/en/"),
    }
    record = json.loads(found["section/town-country/feed.json"])
    assert record["title"] == "North & South – Town & Country"
    assert record["home_page_url"] == "https://news.example.org/section/town-country/"
    assert record["feed_url"] == "https://news.example.org/section/town-country/feed.json"
    assert [item["id"] for item in record["items"]] == ["urn:example:1"]
    german = json.loads(found["language/de/feed.json"])
    assert [item["id"] for item in german["items"]] == ["urn:example:2"]
    assert (german["language"], "language" in german["items"][0]) == ("de", False)


def test_only_kinds_that_there_are_can_be_asked_for() -> None:
    assert check("feed.of", ("section", "tag", "author", "language")) == check("feed.of", ()) == ""
    assert "found 'planet'" in check("feed.of", ("section", "planet"))


def test_a_term_without_articles_has_no_feed() -> None:
    publication = with_feed(FeedSettings(of=("author",)))
    terms = feed_terms(ENTRIES, ("Cy",), publication)
    assert {term.name for term in terms["author"].values()} == {"Ada Berg", "Bo", "Cy"}
    urls = [feed.url for feed in feeds(ENTRIES, terms, publication)]
    assert sorted(urls) == ["/", "/author/ada-berg/", "/author/bo/"]


def ids(content: bytes) -> list[str]:
    return [each.text or "" for each in etree.fromstring(content).iter(f"{A}id")][1:]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7, 8])
def test_feed_and_archives_together_hold_every_article(count: int) -> None:
    publication = with_feed(FeedSettings(items=3, of=()))
    found = made(tuple(entry(number) for number in range(count)), publication)
    address = "https://news.example.org/"
    path, seen = "feed.atom", set[str]()
    while path:
        root = etree.fromstring(found[path])
        seen.update(ids(found[path]))
        older = next((link.get("href", "") for link in root if link.get("rel") == "prev-archive"), "")
        archive = root.find("{http://purl.org/syndication/history/1.0}archive")
        assert (archive is None) is (path == "feed.atom")
        path = older.removeprefix(address)
    assert seen == {f"urn:example:{number}" for number in range(count)}


def test_an_archive_never_changes() -> None:
    publication = with_feed(FeedSettings(items=3, of=()))
    before = made(tuple(entry(number) for number in range(7)), publication)
    after = made(tuple(entry(number) for number in range(12)), publication)
    old = {path for path in before if path.startswith("feed/")}
    assert old == {f"feed/{number}.{ending}" for number in (1, 2) for ending in ("xml", "atom", "json")}
    assert all(before[path] == after[path] for path in old)


def test_an_archive_says_what_it_is() -> None:
    publication = with_feed(FeedSettings(items=3, of=()))
    found = made(tuple(entry(number) for number in range(7)), publication)
    (top,) = etree.fromstring(found["feed/2.xml"])
    links = {link.get("rel"): link.get("href") for link in top.findall(f"{A}link")}
    base = "https://news.example.org"
    assert links == {
        "self": f"{base}/feed/2.xml",
        "current": f"{base}/feed.xml",
        "prev-archive": f"{base}/feed/1.xml",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert json.loads(found["feed.json"])["next_url"] == f"{base}/feed/2.json"
    assert "next_url" not in json.loads(found["feed/1.json"])
