"""What the last build made is known again only where key, program and file are those of then."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.model import Output
from publisher.store.outputs import write
from publisher.store.rendered import remember, unchanged
from publisher.templating import Later, finish

PROGRAM = b"program 1"


def outputs(**keys: bytes) -> tuple[Output, ...]:
    """A page for each key, whose content tells it; one file that has none."""
    pages = (Later(f"{name}/index.html", lambda key=key: b"made of " + key, lambda key=key: key)  # type: ignore[misc]
             for name, key in keys.items())  # fmt: skip
    return (*pages, Output("plain.css", b"plain"))


def build(folder: Path, made: tuple[Output, ...], program: bytes = PROGRAM) -> set[str]:
    """As the build does it; the paths that were known."""
    state, root = folder / "state", folder / "site"
    state.mkdir(exist_ok=True)
    known = unchanged(state, program, root, made)
    finish(made, known)
    write(root, made, unchanged=known)
    remember(state, program, root, made, known)
    return set(known)


def test_what_has_its_key_is_not_made_again(tmp_path: Path) -> None:
    assert build(tmp_path, outputs(a=b"1", b=b"1")) == set()
    assert build(tmp_path, outputs(a=b"1", b=b"2")) == {"a/index.html"}
    assert (tmp_path / "site/b/index.html").read_bytes() == b"made of 2"
    assert build(tmp_path, outputs(a=b"1", b=b"2", c=b"3")) == {"a/index.html", "b/index.html"}


def test_what_has_no_key_is_made_each_time(tmp_path: Path) -> None:
    build(tmp_path, outputs(a=b""))
    assert build(tmp_path, outputs(a=b"")) == set()


def test_another_program_knows_nothing(tmp_path: Path) -> None:
    build(tmp_path, outputs(a=b"1"))
    assert build(tmp_path, outputs(a=b"1"), b"program 2") == set()
    assert build(tmp_path, outputs(a=b"1"), b"program 2") == {"a/index.html"}


def edited(page: Path) -> None:
    times = page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced(page: Path) -> None:
    other = page.with_name("other")
    shutil.copy2(page, other)
    edited(other)
    other.replace(page)


def linked(page: Path) -> None:
    page.rename(page.with_name("other"))
    page.symlink_to("other")


@pytest.mark.parametrize("change", [Path.unlink, edited, replaced, linked])
def test_a_file_that_was_touched_is_made_again(tmp_path: Path, change: Callable[[Path], None]) -> None:
    build(tmp_path, outputs(a=b"1"))
    page = tmp_path / "site/a/index.html"
    change(page)
    assert build(tmp_path, outputs(a=b"1")) == set()
    assert page.read_bytes() == b"made of 1"
    assert not page.is_symlink()


def test_the_memory_may_be_lost_or_damaged(tmp_path: Path) -> None:
    build(tmp_path, outputs(a=b"1"))
    memory = tmp_path / "state/rendered"
    whole = memory.read_bytes()
    flipped = bytes([*whole[:-1], whole[-1] ^ 1])
    for damage in (b"", b"garbage" * 99, whole[: len(whole) // 2], whole + b"\0", flipped):
        memory.write_bytes(damage)
        assert build(tmp_path, outputs(a=b"1")) == set()
        assert memory.read_bytes() == whole
    memory.unlink()
    memory.mkdir()
    assert build(tmp_path, outputs(a=b"1")) == set()


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    build(tmp_path, outputs(a=b"1"))
    memory = tmp_path / "state/rendered"
    before = memory.stat()
    build(tmp_path, outputs(a=b"1"))
    assert memory.stat().st_ino == before.st_ino


def test_another_folder_is_another_site(tmp_path: Path) -> None:
    build(tmp_path, outputs(a=b"1"))
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    assert unchanged(tmp_path / "state", PROGRAM, tmp_path / "copy", outputs(a=b"1")) == {}


def test_what_somebody_wrote_meanwhile_is_not_taken_for_ours(tmp_path: Path) -> None:
    made = outputs(a=b"1")
    build(tmp_path, made)
    (tmp_path / "state/rendered").unlink()
    (tmp_path / "site/a/index.html").write_bytes(b"somebody else's")
    finish(made)
    remember(tmp_path / "state", PROGRAM, tmp_path / "site", made, {})
    assert unchanged(tmp_path / "state", PROGRAM, tmp_path / "site", outputs(a=b"1")) == {}
