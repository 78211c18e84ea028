"""What a fix took can be put back, unless somebody has worked on the file since."""

import errno
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.store.journal import entries, fix, record, restore, rewrite


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_bytes(b"one\r\n")
    return tmp_path


PATH = "content/a.md"


def test_fixes_are_taken_back_one_by_one(root: Path) -> None:
    fix(root, PATH, b"one\r\n", b"two\n", "line ends")
    fix(root, PATH, b"two\n", b"three\n", "more")
    assert restore(root, PATH).note == "more"
    assert (root / PATH).read_bytes() == b"two\n"
    assert restore(root, PATH).note == "line ends"
    assert (root / PATH).read_bytes() == b"one\r\n"
    with pytest.raises(PublishError, match="before the first fix"):
        restore(root, PATH)
    assert [(kept.number, kept.path, kept.note) for kept in entries(root)] == [
        (1, PATH, "line ends"),
        (2, PATH, "more"),
    ]


def test_the_copy_is_there_before_the_file_changes(root: Path) -> None:
    kept = record(root, PATH, b"one\r\n", b"two\n", "note")
    assert kept.copy == root / ".publish" / "journal" / "000001.before"
    assert kept.copy.read_bytes() == b"one\r\n"
    assert (root / PATH).read_bytes() == b"one\r\n"
    with pytest.raises(PublishError, match="before the first fix"):
        restore(root, PATH)


def test_an_edited_file_is_left_alone_and_the_copy_named(root: Path) -> None:
    kept = fix(root, PATH, b"one\r\n", b"two\n", "note")
    (root / PATH).write_bytes(b"two, and an hour of work\n")
    with pytest.raises(PublishError, match="was edited since") as caught:
        restore(root, PATH)
    assert str(kept.copy) in caught.value.hint
    assert (root / PATH).read_bytes() == b"two, and an hour of work\n"


def test_a_file_saved_while_the_fix_was_made_is_left_alone(root: Path) -> None:
    with pytest.raises(PublishError, match="changed while this ran"):
        fix(root, PATH, b"an older text", b"two\n", "note")
    assert (root / PATH).read_bytes() == b"one\r\n"
    assert entries(root) == ()


def test_without_a_fix_there_is_nothing_to_restore(root: Path) -> None:
    fix(root, PATH, b"one\r\n", b"two\n", "note")
    (root / "content" / "b.md").write_bytes(b"two\n")
    with pytest.raises(PublishError, match="no fix of this file"):
        restore(root, "content/b.md")


def test_a_damaged_copy_is_never_put_back(root: Path) -> None:
    kept = fix(root, PATH, b"one\r\n", b"two\n", "note")
    kept.copy.write_bytes(b"garbage")
    with pytest.raises(PublishError, match="damaged"):
        restore(root, PATH)
    assert (root / PATH).read_bytes() == b"two\n"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"path": 1}', b"\xff"])
def test_a_damaged_entry_is_named(root: Path, raw: bytes) -> None:
    kept = fix(root, PATH, b"one\r\n", b"two\n", "note")
    kept.copy.with_suffix(".json").write_bytes(raw)
    with pytest.raises(PublishError, match=r"000001\.json"):
        entries(root)


def test_an_entry_that_was_interrupted_keeps_its_number_and_does_not_count(root: Path) -> None:
    journal = root / ".publish" / "journal"
    journal.mkdir(parents=True)
    (journal / "000007.before").write_bytes(b"half of")
    (journal / "notes.txt").write_text("mine")
    assert entries(root) == ()
    assert fix(root, PATH, b"one\r\n", b"two\n", "note").number == 8
    assert (journal / "000007.before").read_bytes() == b"half of"


def test_rewriting_keeps_mode_and_link(root: Path) -> None:
    (root / PATH).chmod(0o640)
    (root / "content" / "link.md").symlink_to("a.md")
    rewrite(root / "content" / "link.md", b"two\n")
    assert (root / "content" / "link.md").is_symlink()
    assert (root / PATH).read_bytes() == b"two\n"
    assert (root / PATH).stat().st_mode & 0o777 == 0o640


def test_rewriting_what_is_gone_is_an_error(root: Path) -> None:
    with pytest.raises(PublishError, match="no such file"):
        rewrite(root / "content" / "none.md", b"")


def test_without_rights_nothing_is_half_done(plain: Path) -> None:
    (plain / "a.md").write_bytes(b"one")
    (plain / ".publish").mkdir(mode=0o500)
    with pytest.raises(PublishError, match="permission denied"):
        fix(plain, "a.md", b"one", b"two", "note")
    assert (plain / "a.md").read_bytes() == b"one"


def test_a_full_disk_leaves_the_file_and_no_half_copy(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr("publisher.store.journal.os.fsync", full)
        with pytest.raises(PublishError, match="the disk is full"):
            fix(root, PATH, b"one\r\n", b"two\n", "note")
    assert (root / PATH).read_bytes() == b"one\r\n"
    assert list((root / ".publish" / "journal").iterdir()) == []
    assert fix(root, PATH, b"one\r\n", b"two\n", "note").number == 1
