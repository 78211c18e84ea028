"""A publication with pictures: made once, the same from scratch, faults told with their place."""

import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from publisher.errors import Problems, PublishError
from publisher.model import Output
from publisher.store.pictures.copies import Copy
from publisher.store.pictures.shelf import Shelf
from tests.store.pictures.samples import GPS, MAKER, animation, gradient, photo, saved
from tests.store.pictures.test_examine import bomb
from tests.work.projects import CONFIGURATION, built, from_scratch, make, tree, write

WIDTHS = CONFIGURATION + "[images]\nwidths = [16, 40]\n"
ARTICLE = """\
---
title: Seen from the quay
date: 2026-11-18T09:00
id: urn:seen
image: {src: images/lead.jpg, alt: The quay}
---

Before the storm.

![Waves](images/wave.png)

![Lamp](images/lamp.gif)

[The whole chart](images/lead.jpg)

![Gone](images/torn.jpg)
"""
BARE = "---\ntitle: Without\ndate: 2026-11-17\nid: urn:bare\n---\n\nNothing to see.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = make(tmp_path / "a", {"seen.md": ARTICLE, "bare.md": BARE}, WIDTHS)
    images = place / "content" / "images"
    (images / "lead.jpg").write_bytes(photo(6))
    (images / "wave.png").write_bytes(saved(gradient("RGBA"), "PNG"))
    (images / "lamp.gif").write_bytes(animation())
    (images / "torn.jpg").write_bytes(photo()[:700])
    return place


def states(folder: Path) -> dict[str, tuple[int, int]]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "lock")
    return {str(file): (file.stat().st_mtime_ns, file.stat().st_ino) for file in files}


def test_a_page_shows_its_pictures_in_all_formats(root: Path) -> None:
    built(root)
    site = tree(root / "site")
    page = site["2026/11/seen/index.html"].decode()
    for kind in ("avif", "webp", "jpg"):
        assert re.search(rf"/images/lead-40\.[0-9a-f]{{10}}\.{kind} 40w", page)
    assert page.count('fetchpriority="high"') == 1
    assert re.search(r'<a href="[^"]*/images/lead-40\.[0-9a-f]{10}\.jpg">The whole chart', page)
    assert '<meta property="og:image:width" content="40">' in page
    assert '<meta property="og:image:height" content="53">' in page
    assert "images/lamp.gif" in site
    assert "Gone" in page
    assert not [name for name in site if name.startswith("images/torn") or name == "images/lead.jpg"]


def test_every_address_of_a_page_leads_to_a_file(root: Path) -> None:
    built(root)
    site = tree(root / "site")
    for name in site:
        if name.endswith(".html"):
            text = site[name].decode()
            listed = [
                part.split()[0] for each in re.findall(r'srcset="([^"]*)"', text) for part in each.split(",")
            ]
            for address in (*listed, *re.findall(r'<img[^>]* src="(/[^"]*)"', text)):
                assert address.lstrip("/") in site


def test_the_place_of_the_photograph_is_in_no_file_of_the_site(root: Path) -> None:
    built(root)
    for content in tree(root / "site").values():
        assert GPS.encode() not in content
        assert MAKER.encode() not in content


def test_nothing_is_redone_warm_and_scratch_gives_the_same(root: Path, tmp_path: Path) -> None:
    built(root)
    before = states(root)
    again = built(root)
    assert (again.written.new, again.written.changed, again.written.removed) == ((), (), ())
    assert states(root) == before
    (tmp_path / "b").mkdir()
    assert from_scratch(root, tmp_path / "b") == tree(root / "site")


def test_the_number_of_jobs_changes_nothing(root: Path, tmp_path: Path) -> None:
    built(root, jobs=1)
    other = tmp_path / "c"
    shutil.copytree(root / "content", other / "content")
    shutil.copy(root / "publish.toml", other)
    built(other, jobs=2)
    assert tree(other / "site") == tree(root / "site")


def test_a_new_picture_under_an_old_name_gets_new_names(root: Path, tmp_path: Path) -> None:
    built(root)
    old = {name for name in tree(root / "site") if name.startswith("images/wave")}
    (root / "content/images/wave.png").write_bytes(saved(gradient("L"), "PNG"))
    built(root)
    assert old.isdisjoint(tree(root / "site"))
    (tmp_path / "b").mkdir()
    assert from_scratch(root, tmp_path / "b") == tree(root / "site")


def test_the_shelf_may_be_lost_or_damaged(root: Path) -> None:
    built(root)
    expected = tree(root / "site")
    shelf = root / ".publish" / "images"
    for file in shelf.iterdir():
        file.write_bytes(b"")
    built(root)
    assert tree(root / "site") == expected
    shutil.rmtree(shelf)
    built(root)
    assert tree(root / "site") == expected


def test_a_changed_file_of_the_site_is_put_right(root: Path) -> None:
    built(root)
    expected = tree(root / "site")
    name = next(name for name in expected if name.endswith(".avif"))
    (root / "site" / name).write_bytes(b"x" * len(expected[name]))
    assert built(root).written.changed == (name,)
    assert tree(root / "site") == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [(photo()[:700], "IM004"), (b"", "IM004"), (b"<svg/>", "IM004"), (bomb(), "IM005")],
    ids=["torn", "empty", "other", "bomb"],
)
def test_what_cannot_be_shown_is_a_finding_with_its_line(root: Path, raw: bytes, code: str) -> None:
    (root / "content/images/torn.jpg").write_bytes(raw)
    (root / "content/images/lead.jpg").write_bytes(raw)
    site = built(root).site
    found = [(f.code, f.lines) for entry in site.entries for f in entry.findings if f.code.startswith("IM00")]
    assert {(code, (5,)), (code, (16,))} <= set(found)


def test_a_file_that_is_too_large_is_a_finding(root: Path) -> None:
    write(root / "publish.toml", WIDTHS + "max_bytes = 300\n")
    found = [f for entry in built(root).site.entries for f in entry.findings if f.code == "IM005"]
    assert any("more than images.max_bytes = 300" in finding.message for finding in found)


def test_switched_off_pictures_are_copied_as_they_are(root: Path) -> None:
    write(root / "publish.toml", CONFIGURATION + "[images]\nresponsive = false\ncards = false\n")
    built(root)
    site = tree(root / "site")
    assert site["images/lead.jpg"] == (root / "content/images/lead.jpg").read_bytes()
    assert not [name for name in site if "card." in name]
    assert b"og:image" not in site["index.html"]


def test_an_article_without_a_picture_gets_a_card(root: Path) -> None:
    built(root)
    page = tree(root / "site")["2026/11/bare/index.html"].decode()
    found = re.search(
        r'og:image" content="https://ledger\.example\.org/(2026/11/bare/card\.[0-9a-f]{10}\.png)"', page
    )
    assert found
    assert (root / "site" / found[1]).is_file()
    assert '<meta property="og:image:width" content="1200">' in page


def test_the_logo_makes_the_icons(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    (root / "logo.png").write_bytes(saved(gradient("RGBA", (90, 90)), "PNG"))
    write(root / "publish.toml", 'logo = "logo.png"\n' + WIDTHS)
    built(root)
    after = tree(root / "site")
    assert all(before[name] != after[name] for name in ("favicon.ico", "icon-512.png"))
    assert b'href="/icon-192.png"' in after["index.html"]
    (root / "logo.png").write_bytes(b"torn")
    with pytest.raises(PublishError, match=r"logo\.png: the logo"):
        built(root)
    (root / "logo.png").unlink()
    with pytest.raises(PublishError, match=r"logo\.png: the logo is not there"):
        built(root)


def test_a_picture_behind_a_link_that_leads_out_stops_the_build(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(saved(gradient(), "PNG"))
    (root / "content/images/wave.png").unlink()
    (root / "content/images/wave.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(Problems, match=r"content/images/wave\.png: a symbolic link that leads out"):
        built(root)


def test_the_same_bytes_under_two_endings_are_one_set_of_files(root: Path) -> None:
    shutil.copy(root / "content/images/lead.jpg", root / "content/images/wave.jpg")
    shutil.copy(root / "content/images/lead.jpg", root / "content/images/wave.png")
    article = ARTICLE.replace("![Lamp](images/lamp.gif)", "![Lamp](images/wave.jpg)")
    write(root / "content/seen.md", article)
    built(root)
    page = tree(root / "site")["2026/11/seen/index.html"].decode()
    assert len(re.findall(r'src="/images/wave-40\.[0-9a-f]{10}\.jpg"', page)) == 2


def test_a_full_disk_is_told_once_and_at_its_own_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("publisher.store.pictures.shelf.replace", refuse)
    with pytest.raises(PublishError, match=r"^\.publish/images/\w+\.json: cannot write it: the disk is full"):
        built(root, jobs=2)


def test_a_copy_is_made_when_somebody_asks(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    copy: Output = Copy("a.png", tmp_path / "a.png", lambda: shelf.put("a.png", b"made"))
    assert not (tmp_path / "a.png").exists()
    assert copy.content == b"made"
    os.utime(tmp_path / "a.png", (5, 5))
    assert copy.content == b"made"
