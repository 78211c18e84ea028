"""Folders that a site is never written to."""

from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.store.places import check_output


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "home" / "blog"
    for name in ("content", "templates", "site"):
        (root / name).mkdir(parents=True)
    (root / "file").write_text("")
    (root / "link").symlink_to("content")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return root


def check(root: Path, output: str) -> None:
    check_output(root, root / output, (root / "content", root / "templates"))


@pytest.mark.parametrize("output", ["site", "site/deep/new", "../elsewhere", "content-site", "/srv/www"])
def test_fine(root: Path, output: str) -> None:
    check(root, output)


@pytest.mark.parametrize(
    "output",
    [
        *(".", "..", "../..", "/", "content", "content/sub", "templates", ".git", ".publish/x"),
        *("link", "link/x", "file", "site/../content", "site/.."),
    ],
)
def test_dangerous(root: Path, output: str) -> None:
    with pytest.raises(PublishError, match="the output folder"):
        check(root, output)


def test_content_elsewhere_is_kept_too(root: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="holds it"):
        check_output(root, tmp_path / "data", [tmp_path / "data" / "articles"])


def test_without_a_home(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    check(root, "site")
