"""A backup holds all that is precious, as it was at one moment, whoever writes meanwhile."""

import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from publisher.errors import PublishError
from publisher.store.backup import back_up
from publisher.store.keys import load_keys
from publisher.store.ledger import Issued, Ledger, Letter

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / ".publish"
    load_keys(folder / "keys.json")
    (folder / "journal").mkdir()
    (folder / "journal" / "1.json").write_text("{}")
    (folder / "memo.sqlite").write_text("made again")
    issue = Issued("daily", date(2026, 3, 2), None, NOW, NOW, ("a",))
    Ledger(folder / "ledger.sqlite").freeze(issue, Letter(*("",) * 5, b"", b"", *("",) * 5), ())
    return folder


@pytest.mark.parametrize("name", ["kept.tar", "kept.tar.gz"])
def test_what_is_kept_can_be_put_back(state: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    assert back_up(state, target) == ("journal", "keys.json", "ledger.sqlite")
    assert target.stat().st_mode & 0o777 == 0o600
    back = tmp_path / "back"
    with tarfile.open(target) as archive:
        archive.extractall(back, filter="data")
    assert load_keys(back / "keys.json") == load_keys(state / "keys.json")
    assert (back / "keys.json").stat().st_mode & 0o777 == 0o600
    assert Ledger(back / "ledger.sqlite").issues("daily") == Ledger(state / "ledger.sqlite").issues("daily")
    assert (back / "journal" / "1.json").read_text() == "{}"
    assert not (back / "memo.sqlite").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([".publish", "back", name])


def test_a_ledger_that_is_written_meanwhile_is_whole(state: Path, tmp_path: Path) -> None:
    ledger = state / "ledger.sqlite"
    with closing(sqlite3.connect(ledger)) as db, db:
        db.execute("CREATE TABLE pairs (a INTEGER, b INTEGER)")
    stop, written = Event(), Event()

    def write() -> None:
        with closing(sqlite3.connect(ledger, timeout=30)) as db:
            number = 0
            while not stop.is_set():
                with db:
                    db.execute("INSERT INTO pairs VALUES (?, 0)", [number])
                    db.execute("UPDATE pairs SET b = a WHERE a = ?", [number])
                number += 1
                written.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert written.wait(20)
        for turn in range(3):
            back_up(state, tmp_path / f"{turn}.tar")
    finally:
        stop.set()
        writer.join()
    for turn in range(3):
        with tarfile.open(tmp_path / f"{turn}.tar") as archive:
            archive.extract("ledger.sqlite", tmp_path / str(turn), filter="data")
        with closing(sqlite3.connect(tmp_path / str(turn) / "ledger.sqlite")) as db:
            assert db.execute("SELECT count(*) FROM pairs WHERE a != b").fetchone() == (0,)


def test_nothing_is_overwritten_and_nothing_half_made(state: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.tar"
    target.write_text("mine")
    with pytest.raises(PublishError, match="there is a file already"):
        back_up(state, target)
    assert target.read_text() == "mine"
    (state / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    with pytest.raises(PublishError):
        back_up(state, tmp_path / "other.tar")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".publish", "kept.tar"]


def test_where_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="nothing to keep"):
        back_up(tmp_path / ".publish", tmp_path / "kept.tar")
