"""CSV files as programs write them: found out, or told what is wrong and where."""

from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.store.spreadsheet import read_rows, seekable

Read = Callable[..., list[tuple[int, tuple[str, ...]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def rows(raw: bytes, encoding: str = "", delimiter: str = "") -> list[tuple[int, tuple[str, ...]]]:
        path = tmp_path / "a.csv"
        path.write_bytes(raw)
        with seekable(path, None) as file:
            found = read_rows(file, "a.csv", encoding, delimiter, lambda _done, _total: None)
            return [(row.line, row.cells or (row.problem,)) for row in found]

    return rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_programs_write(read: Read, encoding: str, delimiter: str, end: str) -> None:
    text = end.join(["email,name", 'a@example.org,"Zoë\nLund"', "", "b@example.org,Bo"]).replace(
        ",", delimiter
    )
    after = 6 if end != "\r" else 5
    found = read(text.encode(encoding))
    assert [cells for _, cells in found] == [
        ("email", "name"),
        ("a@example.org", "Zoë\nLund"),
        ("b@example.org", "Bo"),
    ]
    assert [line for line, _ in found][:2] == [1, 2]
    assert found[2][0] in {5, after}


def test_lines_are_counted_as_an_editor_does(read: Read) -> None:
    found = read(b'email,name\n"a@example.org","one\ntwo\nthree"\n\n\nb@example.org,Bo\n')
    assert [line for line, _ in found] == [1, 2, 7]


@pytest.mark.parametrize(
    ("raw", "where", "hint"),
    [
        (
            b"email,name\na@example.org,Ana\nb@example.org,Zo\xeb\n",
            "a.csv:3: this is no UTF-8",
            "windows-1252",
        ),
        (b"x," * 50_000 + b"\nb\nc\xff\n", "a.csv:3: this is no UTF-8", "latin-1"),
        ("email\n".encode("utf-16-le"), "a.csv:1: this looks like UTF-16", "--encoding utf-16-le"),
        ("email\nа".encode("utf-16")[:-1], "a.csv:2: this is no UTF-16", ""),
    ],
)
def test_other_encodings_are_told_with_the_line(read: Read, raw: bytes, where: str, hint: str) -> None:
    with pytest.raises(PublishError, match=where) as refused:
        read(raw)
    assert hint in str(refused.value)


def test_an_encoding_that_is_given_is_taken(read: Read) -> None:
    assert read(b"a@example.org,Zo\xeb\n", "cp1252") == [(1, ("a@example.org", "Zoë"))]
    assert read("email|name".encode("utf-16-le"), "utf-16-le", "|") == [(1, ("email", "name"))]


def test_no_file_fills_the_memory(read: Read) -> None:
    with pytest.raises(PublishError, match=r"a.csv:2: a line of 1,000,000 characters"):
        read(b'email,name\n"' + b"x" * 3_000_000 + b"\nb@example.org,Bo\n")
    quoted = read(b'email,name\n"a@example.org,Ana\n' + b"b@example.org,Bo\n" * 20_000)
    assert quoted[1][1][0].startswith("this is no row of a CSV file")
    assert quoted[-1] == (20_002, ("b@example.org", "Bo"))
    assert read(b"") == read(b"\n\n") == read(b",,\n") == []


def test_progress_is_told_and_a_stream_is_read() -> None:
    heard = []
    raw = b"email\n" + b"a@example.org\n" * 5_000
    with seekable(Path("-"), BytesIO(raw)) as file:
        with closing(read_rows(file, "-", "", "", lambda done, total: heard.append((done, total)))) as rows:
            assert sum(1 for _ in rows) == 5_001
        assert not file.closed
    assert len(heard) == 6
    assert heard[-1][1] == len(raw)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no such file"), seekable(tmp_path / "none.csv", None):
        pass
