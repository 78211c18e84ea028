"""Feeds for partners of a publication on disk: built, found, checked, counted."""

import json
from pathlib import Path

import feedparser
import lxml.html
import pytest
from lxml import etree

from publisher.cli.main import main
from publisher.errors import PublishError
from publisher.feeds.verify import feed_findings
from publisher.model import Output
from tests.work.projects import ARTICLES, CONFIGURATION, NOW, built, from_scratch, make, tree, write

FEEDS = """
[feed]
hub = "https://hub.example.org/"
[feeds.msn]
profile = "msn"
[feeds.flip]
profile = "flipboard"
path = "partners/flipboard"
[feeds.town]
sections = ["Town"]
formats = ["atom", "json"]
"""
ALL = CONFIGURATION + FEEDS
FERRY = "content/harbour/2026-11-18-ferry.md"


def files(root: Path) -> dict[str, bytes]:
    return {output.path: output.content for output in built(root).site.outputs}


def test_they_are_built_and_found(tmp_path: Path) -> None:
    found = files(make(tmp_path, configuration=ALL))
    mine = {"feeds/msn.xml", "partners/flipboard.xml", "feeds/town.atom", "feeds/town.json"}
    assert mine == {path for path in found if path.startswith(("feeds/", "partners/"))}
    titles = [item.findtext("title") for item in etree.fromstring(found["feeds/msn.xml"]).iter("item")]
    assert titles == ["A timetable for the winter"]  # the market has a source
    assert [each["title"] for each in json.loads(found["feeds/town.json"])["items"]] == [
        "Night market opens for a tenth year",
        *titles,
    ]
    listed = [
        each.get("xmlUrl", "").removeprefix("https://ledger.example.org/")
        for each in etree.fromstring(found["feeds.opml"]).iter("outline")
    ]
    assert listed[-3:] == ["feeds/msn.xml", "partners/flipboard.xml", "feeds/town.atom"]
    links = [
        (link.get("type"), link.get("href"))
        for link in lxml.html.fromstring(found["index.html"]).iter("link")
        if link.get("rel") == "alternate" and "feeds/" in (link.get("href") or "")
    ]
    # Readers are shown what is for them; a partner is given the address of its own.
    assert links == [
        ("application/atom+xml", "/feeds/town.atom"),
        ("application/feed+json", "/feeds/town.json"),
    ]


def test_every_format_is_sound(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=ALL.replace('"msn"', '"msn"\nformats = ["rss", "atom", "json"]'))
    outputs = built(root).site.outputs
    own = [output.path for output in outputs if output.path.startswith("feeds/")]
    assert len(own) == 5
    assert list(feed_findings(outputs, own)) == []
    assert not any(feedparser.parse(files(root)[path]).bozo for path in own if path.endswith("xml"))
    root_of_rss = etree.fromstring(files(root)["feeds/msn.xml"])
    (self_link,) = [
        link.get("href")
        for link in root_of_rss.iter("{http://www.w3.org/2005/Atom}link")
        if link.get("rel") == "self"
    ]
    assert self_link == "https://ledger.example.org/feeds/msn.xml"


def test_check_and_build_tell_what_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, configuration=ALL))
    assert main(["check", "--now", NOW.isoformat()]) == 1
    out = capsys.readouterr().out
    assert f"{FERRY}:2: FD003 the feed 'msn' leaves it out: the title has 17 characters" in out
    line = ALL.split("\n").index("[feeds.flip]") + 1
    assert f"publish.toml:{line}: FD005 the feed 'flip': it has 2 articles, at least 30" in out
    main(["build", "--now", NOW.isoformat(), "-v"])
    out = capsys.readouterr().out
    assert f"{FERRY}:2: FD003" in out
    assert f"publish.toml:{line}: FD005" in out
    write(tmp_path / "publish.toml", ALL + '[clean]\nignore = ["FD"]\n')
    main(["check", "--now", NOW.isoformat()])
    assert "FD0" not in capsys.readouterr().out


def test_under_strict_a_refused_article_stops_the_build(tmp_path: Path) -> None:
    dates = {path: text for path, text in ARTICLES.items() if "timetable" in path or "draft" in path}
    root = make(tmp_path, dates, "strict = true\n" + ALL)
    built(root)
    write(root / "publish.toml", "strict = true\n" + ALL.replace('"msn"', '"msn"\ntitle_min = 99'))
    with pytest.raises(PublishError, match=r"timetable.md:2: FD003 the feed 'msn' leaves it out"):
        built(root)


def test_a_broken_feed_of_a_partner_is_found(tmp_path: Path) -> None:
    outputs = built(make(tmp_path, configuration=ALL)).site.outputs
    (feed,) = [each for each in outputs if each.path == "feeds/msn.xml"]
    broken = Output(feed.path, feed.content[:-30])
    assert list(feed_findings([broken])) == []
    ((path, finding),) = feed_findings([broken], ["feeds/msn.xml"])
    assert (path, finding.code) == ("feeds/msn.xml", "FD001")


@pytest.mark.parametrize("path", ["feed", "section/town/Feed", "partners/flipboard"])
def test_two_feeds_cannot_have_one_place(tmp_path: Path, path: str) -> None:
    root = make(tmp_path, configuration=ALL.replace('"msn"', f'"msn"\npath = "{path}"'))
    with pytest.raises(
        PublishError, match=rf"publish.toml:\d+: the site has another file '{path}.xml' already"
    ):
        built(root)


def test_a_build_after_another_configuration_equals_a_clean_one(tmp_path: Path) -> None:
    root = make(tmp_path / "a", configuration=ALL)
    built(root)
    write(root / "publish.toml", ALL.replace('profile = "msn"', 'profile = "smartnews"\nitems = 1'))
    built(root)
    empty = tmp_path / "b"
    empty.mkdir()
    assert tree(root / "site") == from_scratch(root, empty)
    assert built(root).written.changed == ()
