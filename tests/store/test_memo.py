"""The memo remembers, forgets what is old, and never stands in the way of a build."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.store.memo import Memo

ROWS = {bytes([number]) * 32: b"value %d" % number * 1_000 for number in range(20)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".publish" / "memo.sqlite"


def fill(path: Path, rows: dict[bytes, bytes] = ROWS) -> None:
    with Memo(path) as memo:
        memo.put_many(rows)


def recall(path: Path, *more: bytes) -> dict[bytes, bytes]:
    with Memo(path) as memo:
        return memo.get_many([*ROWS, *more])


def test_it_remembers(path: Path) -> None:
    fill(path)
    assert recall(path, b"unknown") == ROWS


def test_asking_makes_no_file(path: Path) -> None:
    assert recall(path) == {}
    with Memo(path) as memo:
        memo.put_many({})
        memo.prune([])
    assert not path.parent.exists()


def test_a_value_can_be_replaced_and_is_seen_at_once(path: Path) -> None:
    fill(path)
    with Memo(path) as memo:
        memo.put_many({b"\0" * 32: b"new"})
        assert memo.get_many([b"\0" * 32]) == {b"\0" * 32: b"new"}


def test_many_rows(path: Path) -> None:
    rows = {number.to_bytes(32, "big"): b"x" for number in range(2_345)}
    fill(path, rows)
    with Memo(path) as memo:
        assert memo.get_many(rows) == rows


def test_what_builds_no_longer_use_is_bounded(path: Path) -> None:
    used: list[bytes] = []
    for build in range(60):
        with Memo(path) as memo:
            used = [f"{build} {number}".encode() for number in range(10)]
            memo.put_many(dict.fromkeys(used, b"x" * 10_000))
            memo.prune(used)
    with Memo(path) as memo:
        assert len(memo.get_many(used)) == 10
        assert len(memo.get_many(f"58 {number}".encode() for number in range(10))) == 10
        assert memo.get_many([b"0 0"]) == {}
    assert path.stat().st_size < 2_000_000


def damage(raw: bytes) -> bytes:
    return raw[:5_000] + b"\xff" * 5_000 + raw[10_000:]


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda _: b"garbage",
    lambda _: os.urandom(50_000),
    lambda raw: raw[:100],
    lambda raw: raw[:4_096],
    lambda raw: raw[: len(raw) // 2],
    lambda raw: b"x" + raw[1:],
    damage,
]


@pytest.mark.parametrize("spoil", DAMAGES)
def test_a_damaged_file_is_begun_anew(path: Path, spoil: Callable[[bytes], bytes]) -> None:
    fill(path)
    path.write_bytes(spoil(path.read_bytes()))
    assert recall(path).items() <= ROWS.items()
    fill(path)
    assert recall(path) == ROWS


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_flipped_bytes_give_a_wrong_value(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("memo") / "memo.sqlite"
    rows = {bytes([number]) * 32: bytes([number]) * 300 for number in range(20)}
    fill(path, rows)
    raw = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=8)):
        raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    with Memo(path) as memo:
        assert memo.get_many(rows).items() <= rows.items()
        memo.put_many({b"new": b"new"})
        memo.prune(rows)


@pytest.mark.parametrize(
    "sql",
    ["PRAGMA user_version = 99", "DROP TABLE memo", "UPDATE memo SET value = 'text', key = 7 WHERE id = 1"],
)
def test_another_schema_is_begun_anew(path: Path, sql: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(sql)
    assert recall(path).items() <= ROWS.items()
    fill(path)
    assert recall(path) == ROWS


def test_a_value_under_another_key_is_not_taken(path: Path) -> None:
    fill(path, {b"one": b"1", b"two": b"2"})
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "UPDATE memo SET value = (SELECT value FROM memo WHERE key = ?) WHERE key = ?", [b"one", b"two"]
        )
    with Memo(path) as memo:
        assert memo.get_many([b"one", b"two"]) == {b"one": b"1"}


def test_while_another_process_has_it(path: Path) -> None:
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert recall(path) == {}
        fill(path, {b"new": b"new"})
    assert recall(path) == ROWS


def test_without_rights(plain: Path) -> None:
    path = plain / ".publish" / "memo.sqlite"
    fill(path)
    path.parent.chmod(0o500)
    path.chmod(0o400)
    assert recall(path) == ROWS
    fill(path, {b"new": b"new"})
    path.chmod(0)
    assert recall(path) == {}


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere/else")])
def test_something_else_in_its_place(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir()
    make(path)
    fill(path)
    assert recall(path).items() <= ROWS.items()


def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    fill(tmp_path / "file" / "memo.sqlite")
    assert recall(tmp_path / "file" / "memo.sqlite") == {}


KILLED = """
import sys
from pathlib import Path
from publisher.store.memo import Memo
m = Memo(Path(sys.argv[1]))
m.put_many({b"x": b"x"})
m._db.execute("BEGIN IMMEDIATE")
m._db.execute("PRAGMA cache_size = 1")
rows = [(b"%d" % n, b"y" * 9000) for n in range(200)]
m._db.executemany("INSERT INTO memo (key, checksum, value) VALUES (?, 0, ?)", rows)
print("now", flush=True)
sys.stdin.read()
"""


def test_a_process_killed_while_it_writes(path: Path) -> None:
    fill(path)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"now\n"
    process.kill()
    process.communicate()
    assert recall(path) == ROWS
    fill(path)


def test_a_disk_that_is_full(path: Path) -> None:
    fill(path)
    with Memo(path) as memo:
        memo.get_many(ROWS)
        assert memo._db is not None
        memo._db.execute("PRAGMA max_page_count = 10")
        memo.put_many({b"%d" % number: b"y" * 9_000 for number in range(100)})
        memo.put_many({b"more": b"more"})
        assert memo.get_many(ROWS) == {}
    assert recall(path) == ROWS
