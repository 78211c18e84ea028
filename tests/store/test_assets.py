"""Pictures below `content/`: what may be published and what may not."""

import os
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.store.assets import KINDS, asset, asset_barred, asset_exists


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "img").mkdir(parents=True)
    (tmp_path / "content" / "img" / "a.png").write_bytes(b"png")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return tmp_path / "content"


def test_an_asset_is_read(content: Path) -> None:
    assert asset(content, "img/a.png", 10) == b"png"
    assert asset_exists(content, "img/a.png")


@pytest.mark.parametrize(
    "path",
    [
        *("img/none.png", "img", "", "/etc/passwd", "../secret.png", "img/../img/a.png", "img//a.png"),
        *(".env", "img/.hidden.png", "article.md", "img\\a.png"),
        *("nul\0.png", "lone\ud800.png", "x" * 300 + ".png"),
    ],
)
def test_what_is_not_an_asset(content: Path, path: str) -> None:
    (content / ".env").write_bytes(b"password")
    (content / "img" / ".hidden.png").write_bytes(b"x")
    (content / "article.md").write_bytes(b"draft")
    assert asset(content, path, 1_000) is None
    assert not asset_exists(content, path)


def test_the_limit_is_named(content: Path) -> None:
    with pytest.raises(PublishError, match=r"img/a\.png: 3 bytes, more than max_bytes = 2"):
        asset(content, "img/a.png", 2)


def test_links_inside_are_fine_and_links_out_are_not(content: Path) -> None:
    (content / "in.png").symlink_to("img/a.png")
    (content / "out.png").symlink_to("../secret.png")
    (content / "outdir").symlink_to("..")
    assert asset(content, "in.png", 10) == b"png"
    for path in ("out.png", "outdir/secret.png"):
        with pytest.raises(PublishError, match="leads out of content/"):
            asset(content, path, 10)


def test_a_pipe_is_no_asset(content: Path) -> None:
    os.mkfifo(content / "pipe.png")
    assert asset(content, "pipe.png", 10) is None


@pytest.mark.parametrize(("on_disk", "asked"), [("u\u0308.png", "\u00fc.png"), ("\u00fc.png", "u\u0308.png")])
def test_the_unicode_form_of_a_name_does_not_matter(content: Path, on_disk: str, asked: str) -> None:
    (content / on_disk).write_bytes(b"found")
    assert asset(content, asked, 10) == b"found"


@pytest.mark.parametrize(
    "name", ["evil.html", "a.js", "a.py", "a.XHTML", "a.xml", "plain", "a.png.htm", "a.swf"]
)
def test_only_known_kinds_are_published(content: Path, name: str) -> None:
    (content / name).write_bytes(b"<script>alert(1)</script>")
    assert asset(content, name, 100) is None
    assert not asset_exists(content, name)
    assert asset_barred(content, name)
    assert not asset_barred(content, f"gone-{name}")


def test_kinds_are_known_in_any_case(content: Path) -> None:
    (content / "A.PDF").write_bytes(b"%PDF")
    assert asset(content, "A.PDF", 10) == b"%PDF"
    assert not asset_barred(content, "A.PDF")


def test_a_drawing_is_published_if_nothing_in_it_runs(content: Path) -> None:
    (content / "chart.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
    (content / "evil.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    assert asset_exists(content, "chart.svg")
    assert not asset_exists(content, "evil.svg")
    assert asset_barred(content, "evil.svg")


def test_the_guide_names_every_kind() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "articles.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in guide] == []
