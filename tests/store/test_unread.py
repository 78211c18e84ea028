"""Files of articles that were read before: not read again, unless anything of them is another."""

import os
import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.model import Dated, Source
from publisher.store.contents import look
from publisher.store.unread import Texts, Unread, dated, digest_of, whole

LIMIT = 1_000
LATER = 10**12  # nanoseconds; so that files written just now count as old


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / ".publish").mkdir()
    (tmp_path / "content/a.md").write_text("One\n", "utf-8")
    (tmp_path / "content/b.md").write_text("Two\n", "utf-8")
    return tmp_path / ".publish"


def sources(state: Path, later: int = LATER, limit: int = LIMIT) -> tuple[Source, ...]:
    root = state.parent / "content"
    texts = Texts(state, time.time_ns() + later)
    gathered = tuple(texts.gather(root, look(root).found, limit))
    found = tuple(each for each in gathered if isinstance(each, Source))
    assert found == gathered
    texts.save()
    return found


def unread(state: Path) -> list[str]:
    return [each.path for each in sources(state) if isinstance(each, Unread)]


def test_what_was_read_is_not_read_again_and_says_the_same(state: Path) -> None:
    first, again = sources(state), sources(state)
    assert not any(isinstance(each, Unread) for each in first)
    assert all(isinstance(each, Unread) for each in again)
    assert [whole(each) for each in again] == list(first)
    assert [digest_of(each) for each in again] == [digest_of(each) for each in first]
    assert [whole(pickle.loads(pickle.dumps(each))) for each in again] == list(first)  # noqa: S301 - our own


def test_nothing_is_written_when_nothing_is_new(state: Path) -> None:
    sources(state)
    before = (state / "texts").stat().st_ino
    sources(state)
    assert (state / "texts").stat().st_ino == before


def longer(file: Path) -> None:
    file.write_text("Another\n", "utf-8")


def as_long(file: Path) -> None:
    """Of the same size, its time set back."""
    times = file.stat()
    file.write_text("Six\n", "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced(file: Path) -> None:
    times = file.stat()
    other = file.with_name("other")
    other.write_text("Ten\n", "utf-8")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.rename(file)


@pytest.mark.parametrize("change", [longer, as_long, replaced])
def test_what_has_changed_is_read(state: Path, change: Callable[[Path], None]) -> None:
    sources(state)
    change(state.parent / "content/a.md")
    assert unread(state) == ["b.md"]


def test_a_file_that_was_just_written_is_read_again(state: Path) -> None:
    sources(state, later=0)
    assert unread(state) == []


def test_a_file_that_has_become_too_large_is_refused(state: Path) -> None:
    sources(state)
    root = state.parent / "content"
    gathered = Texts(state, time.time_ns() + LATER).gather(root, look(root).found, 3)
    assert [each.where for each in gathered if isinstance(each, PublishError)] == ["a.md", "b.md"]


def test_a_file_that_changes_meanwhile_is_not_taken_for_what_it_was(state: Path) -> None:
    sources(state)
    first = sources(state)[0]
    (state.parent / "content/a.md").write_text("Late\n", "utf-8")
    with pytest.raises(PublishError, match="changed while this ran"):
        whole(first)


def test_a_date_is_added_without_reading(state: Path) -> None:
    sources(state)
    (state.parent / "content/a.md").unlink()
    fallback = Dated(datetime(2026, 1, 1, tzinfo=UTC), "commit")
    sources(state)
    (unread_one,) = sources(state)
    later = dated(unread_one, fallback)
    assert isinstance(later, Unread)
    assert whole(later) == replace(whole(unread_one), fallback=fallback)


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_memory_counts_for_nothing(state: Path, damage: bytes | None) -> None:
    sources(state)
    file = state / "texts"
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert unread(state) == []
