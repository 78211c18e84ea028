"""Free pages, authors and aliases in a publication on disk."""

from pathlib import Path

import pytest

from publisher.errors import Problems
from publisher.work.checking import check
from publisher.work.place import open_place
from publisher.work.site import Choice
from tests.work.projects import ARTICLES, NOW, built, from_scratch, make, tree

ABOUT = """\
---
title: About
nav: 1
aliases:
  - /who-we-are/
---

Published by the Quay Press, which [runs a ferry](../harbour/2026-11-18-ferry.md). All rights reserved.
"""
ANA = "---\ntitle: Ana Lund\nimage: {src: /images/quay.png, alt: Ana}\n---\n\nWrites about ships.\n"
PAGES = {**ARTICLES, "pages/about.md": ABOUT, "authors/ana.md": ANA}


def test_pages_and_authors_are_on_the_site_and_in_no_feed(tmp_path: Path) -> None:
    site = built(make(tmp_path, PAGES)).site
    outputs = {output.path: output.content.decode(errors="replace") for output in site.outputs}
    assert [entry.card.path for entry in site.pages] == ["authors/ana.md", "pages/about.md"]
    assert "All rights reserved." in outputs["about/index.html"]
    assert 'href="/2026/11/ferry/"' in outputs["about/index.html"]
    assert "Writes about ships." in outputs["author/ana-lund/index.html"]
    assert any(path.startswith("images/quay") for path in outputs)
    assert "About" not in outputs["feed.xml"]
    assert "/about/</loc>" in outputs["sitemap.xml"]
    assert "who-we-are" not in outputs["sitemap.xml"]
    assert outputs["_redirects"] == "/who-we-are/ /about/ 301\n"


def test_an_incremental_build_of_pages_equals_a_clean_one(tmp_path: Path) -> None:
    root = make(tmp_path / "a", PAGES)
    built(root)
    about = root / "content/pages/about.md"
    about.write_text(about.read_text("utf-8").replace("/who-we-are/", "/about-us/"), "utf-8")
    (root / "content/authors/ana.md").unlink()
    built(root)
    (tmp_path / "b").mkdir()
    site = tree(root / "site")
    assert "about-us/index.html" in site
    assert "who-we-are/index.html" not in site
    assert site == from_scratch(root, tmp_path / "b")


@pytest.mark.parametrize(
    ("path", "alias", "message"),
    [
        (
            "pages/a.md",
            "/2026/11/ferry/",
            "content/pages/a.md:3: the alias '/2026/11/ferry/' is the address of",
        ),
        ("pages/a.md", "/archive", "content/pages/a.md:3: the alias '/archive/' is the address of"),
        ("pages/a.md", "/feed.xml", "content/pages/a.md:3: the site cannot have both 'feed.xml'"),
        ("town/2026-11-01-a.md", "ferry", "content/town/2026-11-01-a.md:3: the alias '/2026/11/ferry/'"),
    ],
)
def test_an_alias_that_is_taken_is_an_error_with_file_and_line(
    tmp_path: Path, path: str, alias: str, message: str
) -> None:
    articles = {**PAGES, path: f"---\ntitle: A\naliases: {alias}\n---\n\nSome words stand here.\n"}
    with pytest.raises(Problems) as caught:
        built(make(tmp_path, articles))
    found = [str(problem) for problem in caught.value.problems]
    assert any(each.startswith(message) for each in found), found


def test_aliases_that_some_disks_take_for_one_are_errors_at_both(tmp_path: Path) -> None:
    other = "---\ntitle: A\naliases: /Who-We-Are\n---\n\nSome words stand here.\n"
    with pytest.raises(Problems) as caught:
        built(make(tmp_path, {**PAGES, "pages/a.md": other}))
    message = "'Who-We-Are/index.html' and 'who-we-are/index.html' are one for some disks"
    places = ("content/pages/a.md:3", "content/pages/about.md:4")
    assert [str(problem).split(" (")[0] for problem in caught.value.problems] == [
        f"{place}: {message}" for place in places
    ]


def test_two_authors_of_one_name_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"authors/b\.md:1: the address '/author/ana-lund/' is that of"):
        built(make(tmp_path, {**PAGES, "authors/b.md": ANA}))


def test_check_looks_at_pages_too(tmp_path: Path) -> None:
    broken = ABOUT.replace("2026-11-18-ferry.md", "gone.md")
    root = make(tmp_path, {**PAGES, "pages/about.md": broken})
    found = {each.source.path: each.findings for each in check(open_place(root, None, {}), (), Choice(NOW))}
    assert [finding.code for finding in found["pages/about.md"]] == ["LK001"]
    assert found["authors/ana.md"] == ()
