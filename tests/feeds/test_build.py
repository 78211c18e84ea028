"""The feeds of a publication on disk: found from its pages, steady where nothing changed."""

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from lxml import etree

from publisher.cli.main import main
from publisher.feeds import verify
from publisher.feeds.channel import permanent
from tests.work.projects import CONFIGURATION, NOW, built, make, write

FERRY = "content/harbour/2026-11-18-ferry.md"
FERRY_ID = permanent("urn:ferry")
PLAIN = CONFIGURATION + "[images]\ncards = false\n"
ALL = PLAIN + '[feed]\nof = ["section", "tag", "author", "language"]\n'


def files(root: Path) -> dict[str, bytes]:
    return {output.path: output.content for output in built(root).site.outputs}


def at(address: str) -> str:
    return unquote(urlsplit(address).path).lstrip("/")


def test_every_feed_is_found_and_sound(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=ALL)
    found = files(root)
    linked = {
        at(link.get("href") or "")
        for path, page in found.items()
        if path.endswith(".html")
        for link in lxml.html.fromstring(page).iter("link")
        if link.get("rel") == "alternate"
    }
    assert linked <= found.keys()
    assert {"feed.xml", "feed.atom", "section/town/feed.json", "author/bo-ek/feed.xml"} <= linked
    outlines = etree.fromstring(found["feeds.opml"]).iter("outline")
    listed = {at(outline.get("xmlUrl") or "") for outline in outlines}
    assert listed == {path for path in found if path.endswith("feed.xml")}
    assert list(verify.feed_findings(built(root).site.outputs)) == []


def test_another_slug_title_and_date_keep_the_id(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=PLAIN)
    before = {each["id"]: each["url"] for each in json.loads(files(root)["feed.json"])["items"]}
    text = (root / FERRY).read_text("utf-8")
    new = text.replace("title: The ferry is back", "title: It sails\nslug: sails\ndate: 2026-11-17")
    (root / FERRY).unlink()
    write(root / "content/harbour/2026-11-18-ferry.md", new)
    after = {each["id"]: each["url"] for each in json.loads(files(root)["feed.json"])["items"]}
    assert before.keys() == after.keys()
    assert before[FERRY_ID] != after[FERRY_ID] == "https://ledger.example.org/2026/11/sails/"


def test_an_update_changes_the_dates_of_one_item_and_of_its_feeds(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=PLAIN)
    before = files(root)
    text = (root / FERRY).read_text("utf-8")
    write(root / FERRY, text.replace("section: Harbour", "section: Harbour\nupdated: 2026-11-20T12:00:00Z"))
    after = files(root)
    assert before["section/town/feed.xml"] == after["section/town/feed.xml"]
    dates = [
        {each["id"]: each["date_modified"] for each in json.loads(found["feed.json"])["items"]}
        for found in (before, after)
    ]
    assert {name for name in dates[0] if dates[0][name] != dates[1][name]} == {FERRY_ID}
    assert dates[1][FERRY_ID] == "2026-11-20T12:00:00+00:00"


def test_check_tells_of_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, configuration=PLAIN))
    main(["check", "--now", NOW.isoformat()])
    assert "FD0" not in capsys.readouterr().out
    monkeypatch.setattr(verify, "_LARGEST", 10)
    assert main(["check", "--now", NOW.isoformat()]) == 1
    assert "site/section/town/feed.atom:1: FD002 0.0 MB; readers" in capsys.readouterr().out
    write(tmp_path / "publish.toml", PLAIN + '[clean]\nignore = ["FD"]\n')
    main(["check", "--now", NOW.isoformat()])
    assert "FD0" not in capsys.readouterr().out
