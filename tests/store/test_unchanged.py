"""Nothing is new only where nothing can have changed: each change of each file is seen, and so is doubt."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.store.circumstances import circumstances
from publisher.store.unchanged import Reading, Writing, forget, nothing_new, remember

ROOTS = ("publish.toml", "content", "templates")
OUTPUTS = ("index.html", "a/index.html")
NOW = 1_800_000_000.0
LATER = 2 * time.time_ns()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = ("publish.toml", "content/a.md", "content/deep/b.md", "site/index.html", "site/a/index.html")
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / ".publish").mkdir()
    return tmp_path


def record(folder: Path, moment: int = LATER, said: bytes = b"Built") -> None:
    files = (Reading(str(folder), ROOTS, moment), Writing(str(folder), "site", OUTPUTS, {}))
    remember(f"{folder}/.publish", "here", (NOW, NOW + 60), files, said)


def test_what_the_build_said_is_said_again_as_long_as_it_holds(folder: Path) -> None:
    record(folder, said=b"Built \0 \xff\n")
    assert nothing_new(str(folder), "here", NOW) == b"Built \0 \xff\n"
    assert nothing_new(str(folder), "here", NOW + 59) == b"Built \0 \xff\n"
    assert nothing_new(str(folder), "here", NOW + 60) is None, "an article is due"
    assert nothing_new(str(folder), "here", NOW - 1) is None, "the clock went back"
    assert nothing_new(str(folder), "there", NOW) is None
    forget(f"{folder}/.publish")
    assert nothing_new(str(folder), "here", NOW) is None
    forget(f"{folder}/.publish")


def same_size_and_time(folder: Path) -> None:
    file = folder / "content/a.md"
    before = file.stat()
    file.write_text("content/z.md")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_in_its_place(folder: Path) -> None:
    before = (folder / "content/a.md").stat()
    other = folder / "content/.other"
    other.write_text("content/z.md")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(folder / "content/a.md")


def link_elsewhere(folder: Path) -> None:
    (folder / "content/a.md").unlink()
    (folder / "content/a.md").symlink_to("deep/b.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "same size and time": same_size_and_time,
    "another in its place": another_in_its_place,
    "a link in its place": link_elsewhere,
    "a new article": lambda folder: (folder / "content/deep/c.md").write_text(""),
    "an article gone": lambda folder: (folder / "content/deep/b.md").unlink(),
    "an article renamed": lambda folder: (folder / "content/a.md").rename(folder / "content/z.md"),
    "a first template": lambda folder: (folder / "templates").write_text(""),
    "the configuration": lambda folder: (folder / "publish.toml").write_text("title"),
    "the content gone": lambda folder: (folder / "content").rename(folder / "contents"),
    "an output edited": lambda folder: (folder / "site/index.html").write_text("mine"),
    "an output gone": lambda folder: (folder / "site/a/index.html").unlink(),
    "the outputs gone": lambda folder: (folder / "site").rename(folder / "sites"),
    "the record cut": lambda folder: os.truncate(folder / ".publish/last-build", 60),
    "the record empty": lambda folder: os.truncate(folder / ".publish/last-build", 0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen(folder: Path, change: Callable[[Path], object]) -> None:
    record(folder)
    assert nothing_new(str(folder), "here", NOW)
    change(folder)
    assert nothing_new(str(folder), "here", NOW) is None


def test_hidden_files_and_compiled_ones_do_not_count(folder: Path) -> None:
    record(folder)
    (folder / "content/.a.md.swp").write_text("")
    (folder / "content/__pycache__").mkdir()
    (folder / "content/__pycache__/x.pyc").write_text("")
    assert nothing_new(str(folder), "here", NOW)


def test_a_file_written_just_before_the_look_is_not_trusted(folder: Path) -> None:
    record(folder, moment=time.time_ns())
    assert nothing_new(str(folder), "here", NOW) is None


def test_an_edit_during_the_build_is_seen(folder: Path) -> None:
    read = Reading(str(folder), ROOTS, LATER)
    (folder / "content/a.md").write_text("written while it was built")
    files = (read, Writing(str(folder), "site", OUTPUTS, {}))
    remember(f"{folder}/.publish", "here", (NOW, NOW + 60), files, b"")
    assert nothing_new(str(folder), "here", NOW) is None


def test_overrides_in_the_environment_are_circumstances(monkeypatch: pytest.MonkeyPatch) -> None:
    before = circumstances()
    monkeypatch.setenv("PUBLISH_TITLE", "Another")
    assert circumstances() != before
    monkeypatch.delenv("PUBLISH_TITLE")
    assert circumstances() == before
