"""Edits and withdrawals on disk: one moment in every output, tombstones, pages that say what is gone."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from publisher.cli.main import main
from publisher.errors import Problems
from publisher.feeds.channel import permanent
from publisher.work.building import build
from publisher.work.place import open_place
from publisher.work.published import keep
from publisher.work.site import Choice
from tests.feeds.agreement import Row, read
from tests.feeds.w3c import complaints
from tests.work.projects import ARTICLES, CONFIGURATION, NOW, built, from_scratch, make, tree, write

FERRY = "content/harbour/2026-11-18-ferry.md"
TEXT = ARTICLES["harbour/2026-11-18-ferry.md"]
ID = permanent("urn:ferry")
PAGE = "2026/11/ferry/index.html"
LATER = NOW + timedelta(days=2, seconds=1)
EDITED = "2026-11-23T07:00:01+01:00"
A = "{http://www.w3.org/2005/Atom}"
AT = "{http://purl.org/atompub/tombstones/1.0}"
PLAIN = CONFIGURATION + "[images]\ncards = false\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make(tmp_path / "a", configuration=PLAIN)
    built(made)
    return made


def edit(root: Path, before: str = "six", after: str = "seven") -> None:
    write(root / FERRY, TEXT.replace(before, after))


def rows(root: Path, name: str = "feed.atom") -> dict[str, Row]:
    return {str(row["id"]): row for row in read((root / "site" / name).read_bytes())}


def ledger(root: Path) -> bytes:
    return (root / ".publish" / "ledger.sqlite").read_bytes()


def test_an_edit_has_one_moment_in_every_output(root: Path) -> None:
    edit(root)
    built(root, LATER)
    page = (root / "site" / PAGE).read_text("utf-8")
    data = json.loads(re.findall(r"<script type=.application/ld\+json.>(.*?)</script>", page, re.DOTALL)[0])
    assert data["@graph"][0]["dateModified"] == EDITED
    assert f'datetime="{EDITED}"' in page
    sitemap = (root / "site/sitemap.xml").read_text("utf-8")
    assert f"/2026/11/ferry/</loc><lastmod>{EDITED}</lastmod>" in sitemap
    modified = {str(rows(root, f"feed.{ending}")[ID]["modified"]) for ending in ("xml", "atom", "json")}
    assert modified == {"2026-11-23 06:00:01+00:00"}
    feed = etree.fromstring((root / "site/feed.atom").read_bytes())
    assert feed.findtext(f"{A}updated") == EDITED


def test_an_edit_of_one_body_changes_one_item_and_nothing_else(root: Path) -> None:
    before, old = rows(root), tree(root / "site")
    edit(root)
    built(root, LATER)
    after = rows(root)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {ID}
    changed = {key for key in before[ID] if before[ID][key] != after[ID][key]}
    assert changed == {"modified", "text", "summary"}
    new = tree(root / "site")
    assert {path for path in old if old[path] != new[path] and "feed" in path} == {
        f"{folder}feed.{ending}" for folder in ("", "section/harbour/") for ending in ("xml", "atom", "json")
    }


def test_later_builds_read_the_moment_and_write_nothing(root: Path) -> None:
    edit(root)
    built(root, LATER)
    before = {file: file.stat() for file in root.rglob("*") if file.is_file() and file.name != "lock"}
    again = built(root, LATER + timedelta(days=5))
    assert (again.written.new, again.written.changed, again.written.removed) == ((), (), ())
    after = {file: file.stat() for file in root.rglob("*") if file.is_file() and file.name != "lock"}
    assert {file: (s.st_mtime_ns, s.st_ino) for file, s in after.items()} == {
        file: (s.st_mtime_ns, s.st_ino) for file, s in before.items()
    }


def test_the_same_ledger_gives_the_same_site_on_any_day(root: Path, tmp_path: Path) -> None:
    edit(root)
    (root / "content/town/2026-11-19-timetable.md").unlink()
    built(root, LATER)
    (tmp_path / "b").mkdir()
    assert tree(root / "site") == from_scratch(root, tmp_path / "b")


def test_a_build_killed_before_its_files_has_dated_the_edit(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(root)
    with monkeypatch.context() as patch:

        def killed(*arguments: Any) -> None:
            keep(*arguments)
            raise KeyboardInterrupt

        patch.setattr("publisher.work.building.keep", killed)
        with pytest.raises(KeyboardInterrupt):
            built(root, LATER)
    built(root, LATER + timedelta(days=1))
    assert str(rows(root)[ID]["modified"]) == "2026-11-23 06:00:01+00:00"


def test_a_failing_build_dates_nothing(root: Path) -> None:
    before = ledger(root)
    edit(root)
    (root / "site/section/new/index.html").mkdir(parents=True)
    (root / "site/section/new/index.html/mine").touch()
    write(root / "content/new.md", "---\ntitle: N\ndate: 2026-11-20\nid: n\nsection: New\n---\n\nText.\n")
    with pytest.raises(Problems):
        built(root, LATER)
    assert ledger(root) == before


@pytest.mark.parametrize("choice", [Choice(LATER, drafts=True), Choice(LATER, future=True)])
def test_a_look_at_drafts_or_the_future_is_not_recorded(root: Path, choice: Choice) -> None:
    before = ledger(root)
    edit(root)
    build(open_place(root, None, {}), choice, 1)
    assert ledger(root) == before


@pytest.mark.parametrize("command", [["check"], ["check", "--fix"], ["digest"], ["stats"]])
def test_no_other_command_records_what_is_published(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(root)
    before = ledger(root)
    edit(root)
    main([*command, *(["--now", LATER.isoformat()] if command[0] != "stats" else [])])
    assert ledger(root) == before


@pytest.mark.parametrize("withdraw", ["delete", "draft", "empty"])
def test_what_is_withdrawn_leaves_a_tombstone(root: Path, withdraw: str) -> None:
    if withdraw == "delete":
        (root / FERRY).unlink()
    else:
        head = TEXT.split("\n\n")[0].replace("section: Harbour", "section: Harbour\ndraft: true")
        write(root / FERRY, TEXT.replace("section: Harbour", "draft: true") if withdraw == "draft" else head)
    done = built(root, LATER)
    assert [each.url for each in done.withdrawn] == ["/2026/11/ferry/"]
    feed = etree.fromstring((root / "site/feed.atom").read_bytes())
    (stone,) = feed.iter(f"{AT}deleted-entry")
    assert dict(stone.items()) == {"ref": ID, "when": "2026-11-23T06:00:01+00:00"}
    assert all(ID not in rows(root, f"feed.{ending}") for ending in ("xml", "atom", "json"))
    said = json.loads((root / "site/feed.json").read_bytes())["_syndication"]["withdrawn"]
    address = "https://ledger.example.org/2026/11/ferry/"
    assert said == [{"id": ID, "url": address, "date": "2026-11-23T06:00:01+00:00"}]
    assert b"deleted-entry" not in (root / "site/feed.xml").read_bytes()
    assert complaints((root / "site/feed.atom").read_bytes()) == []
    assert built(root, LATER + timedelta(days=1)).withdrawn == ()


def test_the_address_of_what_is_withdrawn_says_so_and_is_in_no_list(root: Path) -> None:
    (root / FERRY).unlink()
    done = built(root, LATER)
    site = tree(root / "site")
    page = site[PAGE].decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "Article withdrawn" in page
    assert "The ferry" not in page
    assert site["_redirects"] == b"/2026/11/ferry/ /2026/11/ferry/index.html 410!\n"
    naming = {path for path, content in site.items() if b"/2026/11/ferry/" in content}
    assert naming == {PAGE, "_redirects", "feed.atom", "feed.json"}
    findings = [f for entry in done.site.entries for f in entry.findings if f.code == "LK001"]
    assert findings == []


def test_links_to_what_is_withdrawn_are_broken(root: Path) -> None:
    path = "content/town/2026-11-19-timetable.md"
    text = ARTICLES["town/2026-11-19-timetable.md"] + "\nSee [the ferry](/2026/11/ferry/).\n"
    write(root / path, text)
    assert "LK001" not in {f.code for entry in built(root).site.entries for f in entry.findings}
    (root / FERRY).unlink()
    assert "LK001" in {f.code for entry in built(root, LATER).site.entries for f in entry.findings}


def test_what_comes_back_has_no_tombstone_any_more(root: Path) -> None:
    before = tree(root / "site")
    (root / FERRY).unlink()
    built(root, LATER)
    write(root / FERRY, TEXT)
    built(root, LATER + timedelta(days=1))
    assert tree(root / "site") == before


def test_an_address_that_another_article_has_taken_is_not_gone(root: Path) -> None:
    write(root / FERRY, TEXT.replace("id: urn:ferry", "id: urn:other"))
    built(root, LATER)
    site = tree(root / "site")
    assert b"The ferry is back" in site[PAGE]
    assert "_redirects" not in site
    assert "/2026/11/ferry/</loc>" in site["sitemap.xml"].decode()
    write(root / FERRY, TEXT.replace("id: urn:ferry", "id: urn:other\nslug: boat\naliases: [ferry]"))
    built(root, LATER)
    assert b"/2026/11/ferry/ /2026/11/boat/ 301" in (root / "site/_redirects").read_bytes()


def test_only_the_recent_window_has_tombstones(tmp_path: Path) -> None:
    articles = {
        f"n/2026-11-{n:02}-a.md": f"---\ntitle: A{n}\nslug: a{n}\nid: urn:x:{n}\n---\n\nText {n}.\n"
        for n in range(1, 9)
    }
    root = make(tmp_path, articles, PLAIN + "[feed]\nitems = 3\n")
    built(root)
    for day in (2, 7):
        (root / f"content/n/2026-11-{day:02}-a.md").unlink()
    built(root, LATER)
    stones = etree.fromstring((root / "site/feed.atom").read_bytes()).iter(f"{AT}deleted-entry")
    assert [stone.get("ref") for stone in stones] == [permanent("urn:x:7")]
    assert (root / "site/2026/11/a2/index.html").exists()
    assert b"deleted-entry" not in (root / "site/feed/1.atom").read_bytes()


def test_a_section_tells_of_its_own_only(root: Path) -> None:
    (root / "content/town/2026-11-19-timetable.md").unlink()
    built(root, LATER)
    assert b"deleted-entry" in (root / "site/section/town/feed.atom").read_bytes()
    assert b"deleted-entry" not in (root / "site/section/harbour/feed.atom").read_bytes()


def test_build_says_what_it_withdraws(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    (root / FERRY).unlink()
    main(["build", "--now", LATER.isoformat()])
    assert "Withdrawn 1 article; gone from now on:\n          /2026/11/ferry/ The ferry is back" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Anchorage", "LC_ALL": "POSIX", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    ],
)
def test_zone_locale_and_hash_seed_change_no_byte(
    root: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    """From the same ledger on: an edit and a withdrawal."""
    other = tmp_path / "b"
    subprocess.run(["cp", "-r", str(root), str(other)], check=True)
    for each in (root, other):
        edit(each)
        (each / "content/town/2026-11-19-timetable.md").unlink()
    built(root, LATER)
    command = [sys.executable, "-m", "publisher", "-q", "build", "--now", LATER.isoformat()]
    subprocess.run(command, cwd=other, env={**os.environ, **environment}, check=True)
    assert tree(other / "site") == tree(root / "site")


def test_the_id_of_a_feed_survives_its_domain(tmp_path: Path) -> None:
    uuid = "urn:uuid:6f0c1f0e-3d3b-4c55-9a0e-51c7a8c0b1d4"
    found = []
    for name, host in (("a", "ledger.example.org"), ("b", "news.example.com")):
        text = PLAIN.replace("ledger.example.org", host) + f'[feed]\nid = "{uuid}"\n'
        root = make(tmp_path / name, configuration=text)
        built(root)
        files = [root / "site" / folder / "feed.atom" for folder in ("", "section/town")]
        feeds = [etree.fromstring(file.read_bytes()) for file in files]
        found.append([[each.text for each in feed.iter(f"{A}id")] for feed in feeds])
    assert found[0] == found[1]
    assert found[0][0][0] == uuid != found[0][1][0]
    write(root / "publish.toml", text.replace(uuid, "https://ledger.example.org/"))
    built(root)
    ids = [etree.fromstring(file.read_bytes()).findtext(f"{A}id") for file in files]
    assert ids == ["https://ledger.example.org/", "https://ledger.example.org/section/town/"]


def test_feeds_say_where_authors_are_and_how_to_write_to_those_who_want_it(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=PLAIN)
    write(root / "content/authors/ana.md", "---\ntitle: Ana Lund\nemail: ana@example.org\n---\n\nWrites.\n")
    built(root)
    people = {
        each.findtext(f"{A}name"): (each.findtext(f"{A}uri"), each.findtext(f"{A}email"))
        for each in etree.fromstring((root / "site/feed.atom").read_bytes()).iter(f"{A}author")
    }
    assert people["Ana Lund"] == ("https://ledger.example.org/author/ana-lund/", "ana@example.org")
    assert people["Bo Ek"] == ("https://ledger.example.org/author/bo-ek/", None)
    items = json.loads((root / "site/feed.json").read_bytes())["items"]
    assert {"name": "Bo Ek", "url": "https://ledger.example.org/author/bo-ek/"} in items[0]["authors"]
    assert b"ana@example.org" not in (root / "site/feed.xml").read_bytes()
    write(root / "content/authors/ana.md", "---\ntitle: Ana Lund\nemail: nobody\n---\n\nWrites.\n")
    with pytest.raises(Problems, match=r"content/authors/ana\.md:3: email: expected an e-mail address"):
        built(root)
