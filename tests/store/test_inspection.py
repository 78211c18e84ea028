"""What is known of a publication's folders, found out without a change to them."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.store import ledger_file
from publisher.store.inspection import inspect_disk, inspect_ledger, inspect_state, newest_file, note_backup
from publisher.store.keys import load_keys

MOMENT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    state = tmp_path / ".publish"
    ledger_file.create(state / "ledger.sqlite")
    load_keys(state / "keys.json")
    return state


def test_a_whole_state(state: Path, tmp_path: Path) -> None:
    (tmp_path / "dkim.pem").touch(0o600)
    found = inspect_state(state, [tmp_path / "dkim.pem", tmp_path / "not-there"])
    assert found.there
    assert found.writable
    assert found.modes == {".publish/keys.json": 0o600, ".publish/ledger.sqlite": 0o600, "dkim.pem": 0o600}
    assert found.keys == ""
    assert found.ledger is not None
    assert (found.ledger.trouble, found.ledger.version) == ("", len(ledger_file.MIGRATIONS))
    assert found.ledger.newest is None


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    found = inspect_state(tmp_path / ".publish", [])
    assert not found.there
    assert found.writable
    assert found.ledger is None
    assert not list(tmp_path.iterdir())


def test_an_older_ledger_is_not_migrated(state: Path) -> None:
    with closing(sqlite3.connect(state / "ledger.sqlite")) as db:
        db.execute("PRAGMA user_version = 1")
    found = inspect_ledger(state / "ledger.sqlite")
    assert found is not None
    assert (found.version, found.known, found.trouble) == (1, len(ledger_file.MIGRATIONS), "")
    assert sorted(path.name for path in state.iterdir()) == ["keys.json", "ledger.sqlite"]


def test_a_newer_ledger_is_told(state: Path) -> None:
    with closing(sqlite3.connect(state / "ledger.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    found = inspect_ledger(state / "ledger.sqlite")
    assert found is not None
    assert "of version 99" in found.trouble
    assert found.hint == "update publish"


def test_a_log_without_its_ledger_is_told(state: Path) -> None:
    (state / "ledger.sqlite").rename(state / "ledger.sqlite-wal")
    found = inspect_ledger(state / "ledger.sqlite")
    assert found is not None
    assert "whose file is gone" in found.trouble


@pytest.mark.parametrize("text", ["", "[]", '{"current": "a", "keys": {"a": "00"}}'])
def test_keys_that_are_none(state: Path, text: str) -> None:
    (state / "keys.json").write_text(text)
    assert inspect_state(state, []).keys == "this is no file of keys"


def test_a_backup_is_noted(state: Path) -> None:
    assert inspect_state(state, []).backup is None
    note_backup(state, MOMENT)
    note_backup(state, MOMENT)
    assert inspect_state(state, []).backup == MOMENT


def test_the_newest_file(tmp_path: Path) -> None:
    assert newest_file([tmp_path, tmp_path / "not-there"]) is None
    for name, second in (("a", 10), ("b/c", 30), ("b/d", 20)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
        os.utime(path, (second, second))
    assert newest_file([tmp_path]) == datetime.fromtimestamp(30, UTC)
    assert newest_file([tmp_path / "a"]) == datetime.fromtimestamp(10, UTC)


def test_sizes(tmp_path: Path) -> None:
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a/b").write_bytes(bytes(1_000))
    found = inspect_disk(tmp_path / ".publish", tmp_path / "site")
    assert (found.site, found.state) == (1_000, 0)
    assert found.free > 0
