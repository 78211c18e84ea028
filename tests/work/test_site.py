"""What only the whole site can show: taken places, and files that are not published."""

from pathlib import Path

import pytest

from publisher.errors import Problems
from tests.work.projects import ARTICLES, built, make, tree, write

_PLAIN = "---\ntitle: {0}\ndate: 2026-11-01\nid: urn:{0}\n{1}---\n\n{2}\n"


def test_an_article_in_the_place_of_a_page_is_named(tmp_path: Path) -> None:
    configuration = 'permalink = "/{section}/{slug}/"\n'
    text = _PLAIN.format("winter", "section: tag\nslug: winter\n", "A text.")
    make(tmp_path, {**ARTICLES, "own/page.md": text}, configuration)
    with pytest.raises(Problems) as caught:
        built(tmp_path)
    (problem,) = caught.value.problems
    assert problem.where == "content/own/page.md"
    assert "'tag/winter/index.html'" in problem.message
    assert "slug" in problem.hint
    assert not (tmp_path / "site").exists()


def test_a_file_in_the_place_of_a_page_is_named(tmp_path: Path) -> None:
    make(tmp_path, {"a.md": _PLAIN.format("x", "", "A text.\n\n![b](icon.svg)")})
    write(tmp_path / "content" / "icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(Problems) as caught:
        built(tmp_path)
    (problem,) = caught.value.problems
    assert problem.where == "content/icon.svg"
    assert "rename" in problem.hint


def test_two_articles_of_one_slug_are_named_by_their_files(tmp_path: Path) -> None:
    texts = {f"{name}.md": _PLAIN.format(name, "slug: one\n", "A text.") for name in "ab"}
    with pytest.raises(Problems) as caught:
        built(make(tmp_path, texts))
    assert {problem.where.partition(":")[0] for problem in caught.value.problems} == {"content/b.md"}
    assert all("is that of content/a.md too" in problem.message for problem in caught.value.problems)


def test_active_files_are_not_published(tmp_path: Path) -> None:
    text = _PLAIN.format("x", "", "See [this](evil.html) and [that](paper.pdf).")
    make(tmp_path, {"a.md": text})
    write(tmp_path / "content" / "evil.html", "<script>alert(1)</script>")
    write(tmp_path / "content" / "paper.pdf", "%PDF")
    site = built(tmp_path).site
    assert "paper.pdf" in tree(tmp_path / "site")
    assert "evil.html" not in tree(tmp_path / "site")
    found = [(f.code, f.message) for f in site.entries[0].findings if f.code == "LK001"]
    assert found == [("LK001", "evil.html: files of this kind are not published")]
