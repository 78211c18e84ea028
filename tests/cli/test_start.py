"""A build of nothing new ends at a glance and says what the last one said; every other one is made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.store import unchanged
from tests.work.projects import make

ARTICLE = "content/harbour/2026-11-18-ferry.md"


def publish(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; the modules that it loaded are the last line of its errors."""
    program = (
        "import atexit, sys; from publisher.cli.start import run\n"
        "loaded = lambda: len([m for m in sys.modules if m.startswith('publisher')])\n"
        "atexit.register(lambda: print(loaded(), file=sys.stderr))\n"
        "run()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=root,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def glance(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether it ended before anything was loaded."""
    return int(done.stderr.splitlines()[-1]) <= 7


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication that was built, its files old enough to be trusted."""
    root = make(tmp_path)
    monkeypatch.setattr(unchanged, "_TICK", -(10**12))
    assert main(["-C", str(root), "build"]) == 0
    return root


def test_nothing_new_is_told_at_a_glance(built: Path) -> None:
    again = publish(built, "build")
    assert again.returncode == 0
    assert glance(again)
    assert "nothing new in site/ (0.0 s)" in again.stdout
    assert "\x1b" not in again.stdout
    assert publish(built.parent, "-C", built.name, "build").stdout == again.stdout
    assert publish(built, "build", "-q").stdout == ""
    assert publish(built, "-q", "build").stdout == ""
    assert "\x1b[" in publish(built, "build", NO_COLOR="", FORCE_COLOR="1").stdout


@pytest.mark.parametrize(
    "arguments", [["build", "--drafts"], ["build", "-v"], ["--help"], ["build", "--help"]]
)
def test_everything_else_is_done_as_ever(built: Path, arguments: list[str]) -> None:
    done = publish(built, *arguments)
    assert done.returncode == 0
    assert not glance(done)


def test_an_edit_is_built(built: Path) -> None:
    article = built / ARTICLE
    article.write_text(article.read_text().replace("forty-one", "forty-two"))
    done = publish(built, "build")
    assert not glance(done)
    assert "changed in site/" in done.stdout
    page = next(file for file in built.glob("site/**/index.html") if "forty-two" in file.read_text())
    page.write_text("damaged")
    assert not glance(publish(built, "build"))
    assert "forty-two" in page.read_text()


def test_another_configuration_from_the_environment_is_built(built: Path) -> None:
    done = publish(built, "build", PUBLISH_TITLE="Another Ledger")
    assert not glance(done)
    assert "Another Ledger" in (built / "site/index.html").read_text()
    back = publish(built, "build")
    assert not glance(back)
    assert "Another Ledger" not in (built / "site/index.html").read_text()


def test_other_outputs_are_not_taken_for_those_of_a_plain_build(built: Path) -> None:
    assert "1 draft" in publish(built, "build").stdout
    publish(built, "build", "--drafts")
    assert list(built.glob("site/**/draft/index.html"))
    publish(built, "build")
    assert not list(built.glob("site/**/draft/index.html"))
