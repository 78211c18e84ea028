"""RSS, Atom and JSON Feed, read back: they agree, whatever the texts are."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publisher.feeds.channel import Channel, permanent
from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.xml import atom, rss
from publisher.model import Image, Origin
from publisher.settings import FeedSettings, Publication
from tests.feeds.samples import HTML, PUBLICATION, ZONE, entry, told

A = "{http://www.w3.org/2005/Atom}"
BERLIN = timezone(timedelta(minutes=53, seconds=28))  # until 1893
LICENSED = Origin("The Wire", "https://wire.example.com/a b", "CC BY-SA 4.0")
NASTY = (
    *("\x0b", "\ud800", "\udfff", "\uffff", "\x00", "]]>", "&amp;", "&", "<3", "<b>", "</title>", '"'),
    *("👩\u200d🚀", "\u200f", "ثلاثة سجلات", "\u2028", "\x85", "&#11;", "{{ x }}", "--", "x" * 300),
)
texts = st.lists(st.sampled_from(NASTY) | st.text(st.characters(), max_size=12), max_size=5).map("".join)


def parsed(content: bytes) -> Any:
    """As it stands there: nothing cleaned, nothing resolved."""
    found = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read_rss(content: bytes) -> list[tuple[object, ...]]:
    dates = [item.findtext(f"{A}updated") for item in etree.fromstring(content).iter("item")]
    return [
        (
            each.id,
            each.link,
            datetime.strptime(each.published, "%a, %d %b %Y %H:%M:%S %z"),
            moment(str(date)),
            each.content[0].value if "content" in each else "",
            [tag.term for tag in each.tags],
        )
        for each, date in zip(parsed(content).entries, dates, strict=True)
    ]


def read_atom(content: bytes) -> list[tuple[object, ...]]:
    return [
        (
            each.id,
            each.link,
            moment(each.published),
            moment(each.updated),
            each.content[0].value if "content" in each else "",
            [tag.term for tag in each.tags],
        )
        for each in parsed(content).entries
    ]


def read_json(content: bytes) -> list[tuple[object, ...]]:
    return [
        (
            each["id"],
            each["url"],
            moment(each["date_published"]),
            moment(each["date_modified"]),
            each.get("content_html", ""),
            each["tags"],
        )
        for each in json.loads(content)["items"]
    ]


def titles(channel: Channel) -> tuple[list[str | None], ...]:
    """What stands there after one unescaping, and no more."""
    return (
        [item.findtext("title") for item in etree.fromstring(rss(channel)).iter("item")],
        [item.findtext(f"{A}title") for item in etree.fromstring(atom(channel)).iter(f"{A}entry")],
        [item["title"] for item in json.loads(json_feed(channel))["items"]],
    )


@pytest.mark.parametrize("content", ["full", "summary"])
def test_the_formats_agree(content: Any) -> None:
    publication = Publication(base_url="https://news.example.org", feed=FeedSettings(content=content))
    channel = told(
        entry(1, title="Q&A: is 1 < 2?", updated=datetime(2026, 6, 1, 9, 30, 15, 99, tzinfo=UTC)),
        entry(2, source=LICENSED, url="/2026/05/größe/", tags=()),
        entry(3, id="plain name", date=datetime(1880, 1, 2, tzinfo=BERLIN), html=""),
        entry(4, image=Image("https://news.example.org/a.jpg", "A"), language="ar"),
        publication=publication,
    )
    one, two, three = read_rss(rss(channel)), read_atom(atom(channel)), read_json(json_feed(channel))
    assert one == two == three
    assert len(one) == 4
    assert any(row[4] for row in one) is (content == "full")
    first, second, third = titles(channel)
    assert first == second == third
    assert "Q&A: is 1 < 2?" in first


@settings(max_examples=60, deadline=None)
@given(texts, texts, texts)
def test_no_text_breaks_a_format(title: str, body: str, name: str) -> None:
    made = entry(
        title=title,
        html=body,
        summary=body,
        section=name,
        tags=(title, name),
        authors=(name,),
        id=name or "x",
        image=Image(f"https://news.example.org/{name}.jpg", title, name),
        source=Origin(name, f"https://wire.example.com/{name}", name),
    )
    channel = told(made)
    rows = [read_json(json_feed(channel))]
    etree.fromstring(rss(channel))
    etree.fromstring(atom(channel))
    first, second, third = titles(channel)
    assert first == second == third
    assert 0 < len(first[0] or "") <= 150
    assert len(rows[0]) == 1


def test_titles_are_escaped_once() -> None:
    channel = told(entry(title="R&D: 5 < 6, ]]> <3 & more"))
    assert titles(channel) == (["R&D: 5 < 6, ]]> <3 & more"],) * 3
    assert b"<title>R&amp;D: 5 &lt; 6, ]]&gt; &lt;3 &amp; more</title>" in rss(channel)


def test_a_long_title_ends_at_a_word() -> None:
    (title,) = titles(told(entry(title="harbour " * 40)))[0]
    assert title == "harbour " * 17 + "harbour…"


def test_an_entry_of_atom() -> None:
    image = Image("https://news.example.org/a.jpg", "A ferry", "M. Lund", 1200, 800, 99, "image/jpeg")
    made = entry(source=LICENSED, language="de", image=image)
    (found,) = etree.fromstring(atom(told(made))).iter(f"{A}entry")
    links = [dict(link.items()) for link in found.findall(f"{A}link")]
    assert links == [
        {
            "href": "https://news.example.org/2026/05/vote-0/",
            "rel": "alternate",
            "type": "text/html",
        },
        {"rel": "via", "href": "https://wire.example.com/a%20b"},
        {"rel": "license", "href": "https://creativecommons.org/licenses/by-sa/4.0/"},
    ]
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert [name.text for name in found.findall(f"{A}author/{A}name")] == ["Ada Berg"]
    assert found.findtext(f"{A}rights") == "CC BY-SA 4.0"
    assert [each.text for each in found.findall(f"{A}source/*")] == [
        "https://wire.example.com/a%20b",
        "The Wire",
        "2026-05-01T08:30:00+02:00",
    ]
    media = "{http://search.yahoo.com/mrss/}"
    assert found.findtext(f"{media}content/{media}description") == "A ferry"
    content, summary = found.find(f"{A}content"), found.findtext(f"{A}summary")
    assert content is not None
    assert (content.get("type"), content.text, summary) == ("html", HTML, "The council voted.")


def test_a_feed_of_atom() -> None:
    root = etree.fromstring(atom(told(entry())))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")}
    assert links == {
        "self": "https://news.example.org/feed.atom",
        "alternate": "https://news.example.org/",
        "hub": "https://hub.example.org/",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert root.findtext(f"{A}updated") == "2026-05-01T08:30:00+02:00"
    assert root.findtext(f"{A}rights") == "CC BY 4.0"


def test_a_feed_of_json() -> None:
    image = Image("https://news.example.org/a.jpg", "A ferry", "", 1200, 800, 99, "image/jpeg")
    record = json.loads(json_feed(told(entry(source=LICENSED, image=image))))
    (item,) = record.pop("items")
    assert record == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "North & South",
        "description": "News from both shores",
        "home_page_url": "https://news.example.org/",
        "feed_url": "https://news.example.org/feed.json",
        "icon": "https://news.example.org/icon-192.png",
        "language": "en-GB",
        "authors": [{"name": "The Desk"}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
        "_syndication": {
            "rights": "CC BY 4.0",
            "license": "https://creativecommons.org/licenses/by/4.0/",
        },
    }
    assert item["external_url"] == "https://wire.example.com/a%20b"
    assert item["authors"] == [{"name": "Ada Berg"}]
    assert item["_syndication"]["image"] == {
        "alt": "A ferry",
        "width": 1200,
        "height": 800,
        "size": 99,
        "type": "image/jpeg",
    }


def test_a_feed_without_items_is_a_feed_in_every_format() -> None:
    channel = told()
    assert parsed(rss(channel)).entries == parsed(atom(channel)).entries == []
    assert etree.fromstring(atom(channel)).findtext(f"{A}updated") == "2000-01-01T00:00:00+00:00"
    assert json.loads(json_feed(channel))["items"] == []


def test_a_body_of_extraordinary_length_does_not_break_the_feed() -> None:
    vast = entry(9, html="<p>" + "word " * 400_000 + "</p>")
    assert [bool(item.html) for item in told(vast, entry()).items] == [True, True]
    many = told(vast, *(entry(n, html=vast.html) for n in range(3)), entry(20))
    assert [bool(item.html) for item in many.items] == [True, False, False, False, False]
    assert len(rss(many)) < 5_000_000


def test_ids_are_uris_and_stay_what_they_are() -> None:
    assert permanent("urn:uuid:0c1f6e2e-5d5c-4d0e-8f7c-2b9d1c3a4b5d").startswith("urn:uuid:0c1f6e2e")
    assert permanent("fog") == permanent("fog") != permanent("fog 2")
    assert permanent("fog").startswith("urn:uuid:")


def test_the_date_of_an_item_has_whole_minutes_of_offset() -> None:
    (item,) = told(entry(date=datetime(2026, 5, 1, 8, 30, 15, 5, tzinfo=ZONE))).items
    assert item.published.isoformat() == "2026-05-01T08:30:15+02:00"


def test_an_article_without_category_or_words_still_has_both() -> None:
    (item,) = told(
        entry(title="\uffff", section="", tags=(), summary="\x00", html=""), publication=PUBLICATION
    ).items
    assert item.categories == ("North & South",)
    assert (item.title, item.summary) == ("The council voted.", "The council voted.")
