"""What a partner gets: which articles, which of them it would refuse and why, what it asks for besides."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publisher.config.load import configure
from publisher.feeds.demands import HEAD, weight
from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.offer import Offer, offer
from publisher.feeds.xml import atom, rss
from publisher.model import Entry, Image, Origin
from publisher.prose import Prose
from tests.feeds.samples import PUBLICATION, entry

TITLE = "A title of enough characters"
BODY = "<p>" + "A sentence of seven words stands here. " * 12 + "</p>"
PICTURE = Image("https://news.example.org/a.jpg", "A ferry", "M. Lund", 1200, 800, 99, "image/jpeg")
MEDIA = "{http://search.yahoo.com/mrss/}"
SNF = "{http://www.smartnews.be/snf}"


def article(number: int = 0, **card: Any) -> Entry:
    return entry(number, **{"title": TITLE, "html": BODY, "summary": "S" * 300, "image": PICTURE, **card})


def offered(table: str, *entries: Entry) -> Offer:
    (partner,) = configure("publish.toml", f"[feeds.x]\n{table}", {}).feeds
    return offer(partner, entries, PUBLICATION)


def ids(table: str, *entries: Entry) -> list[int]:
    return [int(item.id.rpartition(":")[2]) for item in offered(table, *entries).channel.items]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", [5, 4, 3, 2, 1, 0]),
        ("items = 2", [5, 4]),
        ('sections = ["sport"]', [5]),
        ('tags = ["Winter", "ice"]', [4, 3]),
        ('languages = ["de"]', [2]),
        ('languages = ["fr", "de"]', [2]),
        ("one_language = true", [5, 4, 3, 1, 0]),
        ("syndicated = false", [5, 4, 3, 2]),
        ("noindex = false", [4, 3, 2, 1, 0]),
        ("days = 1", [5, 4]),
    ],
)
def test_which_articles(table: str, expected: list[int]) -> None:
    day = timedelta(days=1)
    dates = {number: article().card.date + number * day for number in range(6)}
    entries = [
        article(0, source=Origin("Wire")),
        article(1, canonical_url="https://wire.example.com/x"),
        article(2, language="de-AT"),
        article(3, tags=("#winter",)),
        article(4, tags=("Ice", "sea")),
        article(5, section="Sport", noindex=True),
    ]
    dated = [
        article(n, **{f: getattr(e.card, f) for f in FIELDS}, date=dates[n]) for n, e in enumerate(entries)
    ]
    assert ids(table, *dated) == expected


FIELDS = ("source", "canonical_url", "language", "tags", "section", "noindex")


@pytest.mark.parametrize(
    ("profile", "change", "code", "message"),
    [
        ("msn", {"title": "Twenty characters ok"}, "FD003", "title has 20 characters, at least 21"),
        ("msn", {"html": "", "text": ""}, "FD003", "it has no text"),
        ("smartnews", {"html": "<p>" + "x" * 1_000_000}, "FD003", "bytes it is too large, 990,000 are"),
        ("google-news", {"html": "<p>" + "x" * 1_000_001}, "FD003", "1,000,000 are taken at most"),
        ("flipboard", {"image": None}, "FD003", "it has no picture"),
        (
            "flipboard",
            {"image": Image(PICTURE.src, width=900, height=399)},
            "FD003",
            "399 pixels, at least 400",
        ),
        (
            "flipboard",
            {"image": Image(PICTURE.src, width=900, height=450)},
            "FD004",
            "450 pixels, at least 500",
        ),
        ("flipboard", {"image": Image(PICTURE.src)}, "FD004", "nothing is known of its picture's size"),
        ("flipboard", {"summary": "Short."}, "FD004", "the summary has 18 characters, at least 300"),
        ("apple-news", {"title": "Short"}, "FD004", "title has 5 characters, 15 to 60 are advised"),
        ("apple-news", {"title": "x" * 61}, "FD004", "title has 61 characters, 15 to 60 are advised"),
    ],
)
def test_what_partners_refuse_or_dislike(
    profile: str, change: dict[str, Any], code: str, message: str
) -> None:
    text = change.pop("text", None)
    odd = article(1, **change)
    odd = odd if text is None else Entry(odd.card, Prose("", text), (), (), (), {"title": 3})
    made = offered(f'profile = "{profile}"', article(0), odd)
    ((path, finding),) = made.findings
    assert (path, finding.code) == ("news/001.md", code)
    assert message in finding.message
    assert [item.id for item in made.channel.items if item.id.endswith("1")] == (
        ["urn:example:1"] if code == "FD004" else []
    )


def test_findings_stand_at_the_line_of_their_field() -> None:
    plain = article(title="Short")
    odd = Entry(plain.card, plain.prose, (), (), (), {"title": 7})
    ((_, finding),) = offered('profile = "msn"', odd).findings
    assert finding.lines == (7,)
    assert (
        finding.message == "the feed 'x' leaves it out: the title has 5 characters, at least 21 are asked for"
    )


def test_a_refused_article_makes_room_for_the_next() -> None:
    entries = [article(number, title="Short" if number == 3 else TITLE) for number in range(5)]
    assert ids('profile = "msn"\nitems = 3', *entries) == [4, 2, 1]
    # What would not be in the feed anyway is not told of.
    assert offered('profile = "msn"\nitems = 1', *entries).findings == ()


def test_every_profile_takes_a_good_article() -> None:
    for profile in ("google-news", "apple-news", "flipboard", "smartnews", "msn"):
        made = offered(f'profile = "{profile}"', article())
        assert (len(made.channel.items), made.findings) == (1, ())


def test_what_is_said_of_whole_feeds() -> None:
    def said(table: str, *entries: Entry) -> list[str]:
        made = offered(table, *entries)
        assert all((each.code, each.lines) == ("FD005", (1,)) for each in made.remarks)
        return [each.message.removeprefix("the feed 'x': ") for each in made.remarks]

    assert said("", article()) == []
    assert said("") == ["it holds no article; see its `sections`, `tags`, `languages` and `syndicated`"]
    assert said('profile = "flipboard"', article()) == ["it has one article, at least 30 are asked for"]
    assert said('profile = "smartnews"\nlogo = "/logo.png"', article()) == []
    long = 'profile = "smartnews"\nlogo = "/logo.png"\ndescription = "Thirty-one characters, too many"'
    assert said(long, article()) == [
        "its description has 31 characters, 30 at most are asked for; set `description`"
    ]
    assert said('profile = "smartnews"', article())[0].startswith("it has no logo of 700 by 100 pixels")
    region = 'profile = "apple-news"\nitems_advised = 0\n'
    assert said(region, article()) == []  # the publication's language is en-GB
    assert said(region + 'languages = ["en"]', article())[0].startswith("its language 'en' names no region")


def test_a_feed_stays_below_its_size_in_every_format() -> None:
    vast = [article(number, html='<p>"&<b>x</b>"\n</p>' * 700) for number in range(30)]
    made = offered("max_bytes = 300_000", *vast).channel
    assert 1 < len(made.items) < 30
    assert max(map(len, (rss(made), atom(made), json_feed(made)))) <= 300_000


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(max_size=200), st.lists(st.text(max_size=30), max_size=5))
def test_no_item_is_heavier_than_reckoned(html: str, title: str, names: list[str]) -> None:
    made = article(title=title, html=html, summary=title, authors=tuple(names), tags=tuple(names))
    channel = offered("", made).channel
    for write in (rss, atom, json_feed):
        assert len(write(channel)) <= HEAD + weight(channel.items[0])


def test_a_short_summary_goes_on_with_the_text() -> None:
    plain = article(summary="Short.")
    long = Entry(plain.card, Prose(plain.html, "A sentence of seven words stands here. " * 20), (), (), ())
    (item,) = offered('profile = "flipboard"', long).channel.items
    assert 300 <= len(item.summary) <= 501
    assert offered("", long).channel.items[0].summary == "Short."


def test_the_channel_of_a_partner() -> None:
    made = offered('title = "The Ledger"\ndescription = "News"\npath = "p/x"\nlanguages = ["de"]')
    assert (made.channel.title, made.channel.description) == ("The Ledger", "News")
    assert made.channel.stem == "https://news.example.org/p/x"
    assert made.channel.language == "de"
    assert made.channel.home == "https://news.example.org/"
    assert offered("").channel.id == offered('path = "y"').channel.id  # another path is the same feed


def test_smartnews() -> None:
    script = "<script>count('a' && 1)</script> ]]>"
    logos = 'logo = "/l.png"\ndark_logo = "https://cdn.example.org/d.png"'
    table = f'profile = "smartnews"\n{logos}\nanalytics = """{script}"""'
    made = offered(table, article(1), article(0))
    top = etree.fromstring(rss(made.channel))[0]
    assert top.findtext("pubDate") == top.findtext("lastBuildDate") == "Fri, 01 May 2026 09:30:00 +0200"
    assert top.findtext(f"{SNF}logo/url") == "https://news.example.org/l.png"
    assert top.findtext(f"{SNF}darkModeLogo/url") == "https://cdn.example.org/d.png"
    for item in top.iter("item"):
        assert item.findtext(f"{SNF}analytics") == script
        thumbnail = item.find(f"{MEDIA}thumbnail")
        assert thumbnail is not None
        assert thumbnail.get("url") == PICTURE.src
    root = etree.fromstring(atom(made.channel))
    assert root.findtext(f"{SNF}logo/{{http://www.w3.org/2005/Atom}}url") == "https://news.example.org/l.png"
    plain = etree.fromstring(rss(offered('profile = "smartnews"').channel))[0]
    assert plain.findtext(f"{SNF}logo/url") == "https://news.example.org/icon-512.png"
    assert plain.find(f"{SNF}darkModeLogo") is None


def test_no_text_of_the_configuration_breaks_a_feed() -> None:
    bad = '"\\u0001 <b> & \\uFFFF ]]>"'
    keys = "\n".join(f"{key} = {bad}" for key in ("title", "description", "analytics"))
    made = offered(f'profile = "smartnews"\n{keys}\nlogo = "/lögö.png"', article())
    top = etree.fromstring(rss(made.channel))[0]
    assert top.findtext("title") == "<b> & ]]>"
    assert top.findtext(f"{SNF}logo/url") == "https://news.example.org/l%C3%B6g%C3%B6.png"
    assert etree.fromstring(atom(made.channel)).tag.endswith("feed")


def test_msn() -> None:
    made = article(updated=article().card.date + timedelta(hours=2))
    top = etree.fromstring(rss(offered('profile = "msn"\nimage_rights = true', made).channel))[0]
    (item,) = top.iter("item")
    assert item.findtext("{http://purl.org/dc/terms/}modified") == "2026-05-01T10:30:00+02:00"
    (content,) = item.iter(f"{MEDIA}content")
    assert content.findtext(f"{MEDIA}title") == "A ferry"
    mine = "{http://schemas.ingestion.microsoft.com/common/}hasSyndicationRights"
    assert content.findtext(mine) == "1"
    silent = etree.fromstring(rss(offered('profile = "msn"', made).channel))
    assert list(silent.iter(mine)) == []


@pytest.mark.parametrize("profile", ["google-news", "apple-news", "flipboard", "smartnews", "msn"])
def test_every_profile_keeps_the_rules_of_rss(profile: str) -> None:
    """RSS 2.0.11: what may stand once stands once; RFC 822 dates; namespaces are those that are used."""
    made = offered(f'profile = "{profile}"\nimage_rights = true', *map(article, range(5)))
    root = etree.fromstring(rss(made.channel))
    assert [child.tag for child in root] == ["channel"]
    plain = [child.tag for child in root[0] if child.tag != "item" and not str(child.tag).startswith("{")]
    assert sorted(plain) == sorted(set(plain))
    assert {"title", "link", "description", "language", "pubDate", "lastBuildDate"} <= set(plain)
    for item in root.iter("item"):
        tags = [str(child.tag) for child in item]
        once = [tag for tag in tags if tag != "category" and not tag.endswith(("creator", "link"))]
        assert sorted(once) == sorted(set(once))
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
    used = {etree.QName(element).namespace for element in root.iter(etree.Element)} - {None}
    assert {name for name in root.nsmap.values() if "smartnews" in name or "ingestion" in name} <= used
    for write in (rss, atom):
        assert etree.fromstring(write(offered(f'profile = "{profile}"').channel)) is not None


def test_other_feeds_say_nothing_of_partners() -> None:
    for profile in ("", "google-news", "apple-news", "flipboard"):
        content = rss(offered(f'profile = "{profile}"', article()).channel)
        assert b"smartnews" not in content
        assert b"microsoft" not in content
