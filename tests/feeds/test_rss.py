"""The feed as readers see it (feedparser), and as bytes."""

import locale
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publisher.model import Entry, Image, Origin
from publisher.settings import FeedSettings, Publication
from tests.feeds.samples import HTML, PUBLICATION, ZONE, as_rss, entry


def read(*entries: Entry, publication: Publication = PUBLICATION) -> Any:
    found = feedparser.parse(as_rss(*entries, publication=publication))
    assert not found.bozo, found.get("bozo_exception")
    return found


def item(made: Entry, publication: Publication = PUBLICATION) -> etree._Element:
    (found,) = etree.fromstring(as_rss(made, publication=publication)).iter("item")
    return found


def test_the_channel() -> None:
    found = feedparser.parse(as_rss(entry())).feed
    assert (found.title, found.link) == ("North & South", "https://news.example.org/")
    assert (found.subtitle, found.language, found.rights) == ("News from both shores", "en-GB", "CC BY 4.0")
    links = {link.rel: link.href for link in found.links}
    assert links["self"] == "https://news.example.org/feed.xml"
    assert links["hub"] == "https://hub.example.org/"


def test_an_item() -> None:
    (found,) = read(entry()).entries
    assert found.title == "Ferry vote"
    assert found.link == "https://news.example.org/2026/05/vote-0/"
    assert (found.id, found.guidislink) == ("urn:example:0", False)
    assert found.content[0].value == HTML
    assert found.summary == "The council voted."
    assert found.author == "Ada Berg"
    assert [tag.term for tag in found.tags] == ["Harbour", "ferry", "costs"]
    assert found.published == "Fri, 01 May 2026 08:30:00 +0200"
    assert found.updated == "2026-05-01T08:30:00+02:00"


def test_newest_first_and_no_more_than_asked_for() -> None:
    found = read(*(entry(number) for number in (3, 29, *range(4, 29), 0)))
    assert [each.id for each in found.entries] == [f"urn:example:{number}" for number in range(29, 9, -1)]


def test_entries_of_one_moment_keep_a_fixed_order() -> None:
    same = [entry(number, date=datetime(2026, 5, 1, tzinfo=UTC)) for number in range(5)]
    assert as_rss(*same) == as_rss(*reversed(same))


def test_the_feed_has_the_date_of_its_newest_item() -> None:
    changed = entry(1, updated=datetime(2026, 6, 2, 9, tzinfo=ZONE))
    found = read(entry(5), changed)
    assert found.feed.updated == "Tue, 02 Jun 2026 09:00:00 +0200"
    assert found.entries[1].updated == "2026-06-02T09:00:00+02:00"


def test_an_update_before_publication_does_not_count() -> None:
    (found,) = read(entry(updated=datetime(2020, 1, 1, tzinfo=UTC))).entries
    assert found.updated == "2026-05-01T08:30:00+02:00"


def test_a_feed_without_items_is_valid_and_undated() -> None:
    found = read()
    assert found.version == "rss20"
    assert found.entries == []
    assert "updated" not in found.feed


def test_a_date_without_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="timezone"):
        as_rss(entry(date=datetime(2026, 5, 1)))


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process in another time zone and locale, and back."""
    zone, language = request.param
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, language)
    except locale.Error:
        pytest.skip(f"no locale {language} on this machine")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    locale.setlocale(locale.LC_ALL, before)


HERE = as_rss(*map(entry, range(3)))


@pytest.mark.parametrize(
    "elsewhere",
    [("Pacific/Auckland", "C.UTF-8"), ("America/New_York", "C"), ("Europe/Berlin", "de_DE.UTF-8")],
    indirect=True,
)
@pytest.mark.usefixtures("elsewhere")
def test_time_zone_and_locale_do_not_matter() -> None:
    assert as_rss(*map(entry, range(3))) == HERE


def test_summary_mode_carries_no_bodies() -> None:
    publication = Publication(base_url="https://news.example.org", feed=FeedSettings(content="summary"))
    (found,) = read(entry(summary="Short."), publication=publication).entries
    assert found.summary == "Short."
    assert "content" not in found


def test_a_summary_is_text_even_if_it_looks_like_html() -> None:
    made = item(entry(summary="Q&A: <script>x</script>"))
    assert made.findtext("description") == "Q&amp;A: &lt;script&gt;x&lt; /script&gt;"


def test_a_picture_with_its_description_and_credit() -> None:
    media = "{http://search.yahoo.com/mrss/}"
    made = item(
        entry(
            image=Image(
                "https://news.example.org/größe.JPG?v=1", "A ferry", "M. Lund", 1200, 800, 99, "image/jpeg"
            )
        )
    )
    (content,) = made.findall(f"{media}content")
    assert dict(content.items()) == {
        "url": "https://news.example.org/gr%C3%B6%C3%9Fe.JPG?v=1",
        "medium": "image",
        "type": "image/jpeg",
        "fileSize": "99",
        "width": "1200",
        "height": "800",
    }
    assert content.findtext(f"{media}description") == "A ferry"
    assert content.findtext(f"{media}credit") == "M. Lund"


def test_a_picture_without_public_address_is_left_out() -> None:
    assert b"media:content" not in as_rss(entry(image=Image("img/a.jpg")))


def test_a_syndicated_item_names_its_source() -> None:
    made = item(entry(source=Origin("The Wire", "https://wire.example.com/a b"))).find("source")
    assert made is not None
    assert (made.text, made.get("url")) == ("The Wire", "https://wire.example.com/a%20b")
    assert item(entry(source=Origin("The Wire"))).find("source") is None


def test_an_item_without_author_names_the_publication() -> None:
    assert read(entry(authors=())).entries[0].author == "The Desk"
    bare = Publication(title="Bare", base_url="https://news.example.org")
    found = read(entry(authors=()), publication=bare)
    assert (found.entries[0].author, found.feed.subtitle) == ("Bare", "Bare")


def test_several_authors_are_several_creators() -> None:
    names = [
        each.text
        for each in item(entry(authors=("Ada", "Bo"))).iter("{http://purl.org/dc/elements/1.1/}creator")
    ]
    assert names == ["Ada", "Bo"]


def test_addresses_of_any_script_are_uris() -> None:
    assert (
        read(entry(url="/2026/05/größe/")).entries[0].link
        == "https://news.example.org/2026/05/gr%C3%B6%C3%9Fe/"
    )


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_feed(title: str, html: str) -> None:
    content = as_rss(entry(title=title, html=html, summary=html, tags=(title,), authors=(title,)))
    assert etree.fromstring(content).tag == "rss"
