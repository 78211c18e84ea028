"""Templates of the theme and the publication's own, which hide them."""

import os
import zipfile
from pathlib import Path

import pytest

from publisher.errors import Problems
from publisher.store.templates import load


def folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, raw in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    return root


def test_own_files_hide_the_themes_and_new_names_are_fine(tmp_path: Path) -> None:
    theme = folder(
        tmp_path / "theme", {"page.html": b"theme", "partials/byline.html": b"by", "style.css": b"css"}
    )
    own = folder(tmp_path / "templates", {"page.html": b"own\r\n", "partials/new.html": b"new"})
    loaded = load(theme, own)
    assert {name: (t.text, t.origin) for name, t in loaded.items()} == {
        "page.html": ("own\n", "templates/page.html"),
        "partials/byline.html": ("by", "theme/partials/byline.html"),
        "partials/new.html": ("new", "templates/partials/new.html"),
        "style.css": ("css", "theme/style.css"),
    }
    assert list(loaded) == sorted(loaded)


@pytest.mark.parametrize("missing", [True, False])
def test_no_own_templates(tmp_path: Path, missing: bool) -> None:
    theme = folder(tmp_path / "theme", {"page.html": b"theme"})
    assert list(load(theme, tmp_path / "templates" if missing else None)) == ["page.html"]


def test_pictures_hidden_files_and_python_are_left_out(tmp_path: Path) -> None:
    theme = folder(tmp_path / "theme", {"logo.png": b"\x89PNG\0", "page.html": b"x", "__init__.py": b""})
    folder(theme / "__pycache__", {"x.pyc": b"\0"})
    folder(theme / ".git", {"config": b"\xff"})
    assert list(load(theme)) == ["page.html"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    theme = folder(tmp_path / "theme", {"page.html": b"x"})
    own = folder(tmp_path / "templates", {"a.html": b"\n\xff", "b.html": b"\0"})
    os.mkfifo(own / "pipe.html")
    (own / "gone.html").symlink_to("nowhere")
    with pytest.raises(Problems) as caught:
        load(theme, own)
    assert [problem.where for problem in caught.value.problems] == [
        "templates/a.html:2",
        "templates/b.html:1",
        "templates/gone.html",
        "templates/pipe.html",
    ]


def test_linked_folders_are_read_and_circles_end(tmp_path: Path) -> None:
    theme = folder(tmp_path / "theme", {"page.html": b"x"})
    own = folder(tmp_path / "templates", {"partials/a.html": b"a"})
    (own / "partials" / "up").symlink_to("..")
    (own / "linked").symlink_to("partials")
    assert list(load(theme, own)) == ["linked/a.html", "page.html", "partials/a.html"]


def test_a_theme_in_a_zip_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("theme/page.html", "zipped")
        archive.writestr("theme/partials/a.html", "part")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        loaded = load(zipfile.Path(archive, "theme/"))
    assert {name: t.text for name, t in loaded.items()} == {"page.html": "zipped", "partials/a.html": "part"}


def test_a_slip_in_a_name_is_an_error_with_the_right_one(tmp_path: Path) -> None:
    theme = folder(
        tmp_path / "theme", {"article.html": b"x", "partials/byline.html": b"x", "base.html": b"x"}
    )
    own = folder(
        tmp_path / "templates", {"artcle.html": b"x", "partials/by-lin.html": b"x", "base.css": b"x"}
    )
    with pytest.raises(Problems) as caught:
        load(theme, own)
    assert [(problem.where, problem.hint) for problem in caught.value.problems] == [
        ("templates/artcle.html", "did you mean 'article.html'?"),
        ("templates/partials/by-lin.html", "did you mean 'partials/byline.html'?"),
    ]


def test_a_name_like_one_of_the_theme_is_fine_where_a_template_uses_it(tmp_path: Path) -> None:
    theme = folder(tmp_path / "theme", {"article.html": b"x", "home.html": b"x"})
    own = folder(
        tmp_path / "templates",
        {"home.html": b"{% include 'articles.html' %}", "articles.html": b"x", "note.html": b"x"},
    )
    assert {"articles.html", "note.html"} <= load(theme, own).keys()
