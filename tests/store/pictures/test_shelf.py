"""The folder of made pictures, and the index of files that have not changed."""

import os
from pathlib import Path

from publisher.pictures.plan import Fault, Sheet, Variant
from publisher.store.pictures.index import Index
from publisher.store.pictures.sealed import filled, opened, sealed
from publisher.store.pictures.shelf import Record, Shelf, digest, key


def test_what_was_seen_is_remembered_and_damage_forgotten(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "images")
    assert shelf.record("a") == Record()
    sheet, fault = Sheet(3, 4, "png", alpha=True), Fault("IM004", "torn")
    shelf.note("a", sheet, 7)
    assert shelf.record("a") == Record(sheet=sheet, shown=7)
    shelf.note("a", fault)
    assert shelf.record("a") == Record(fault=fault)
    for damage in (b"", b"{", b'{"shown": 3}', sealed("a.json", b'{"sheet": {"width": "x"}}'), b"\xff"):
        (tmp_path / "images" / "a.json").write_bytes(damage)
        assert shelf.record("a") == Record()


def test_the_size_of_what_is_shown_outlives_records_and_damage(tmp_path: Path) -> None:
    shelf, sheet, variant = Shelf(tmp_path), Sheet(9, 9, "png"), Variant("a-9.k.png", 9, 9, "png")
    file = shelf.file("k", variant)
    assert shelf.shown("k", sheet, variant) == 0
    shelf.put(file.name, b"123")
    assert shelf.shown("k", sheet, variant) == 3
    file.write_bytes(b"12")
    assert shelf.shown("k", sheet, variant) == 3
    (tmp_path / "k.json").unlink()
    assert shelf.shown("k", sheet, variant) == 0
    assert not file.exists()


def test_what_was_sealed_is_told_from_what_was_not(tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert opened(file) is None
    for content in (b"", b"tide", bytes(99)):
        whole = sealed("a", content)
        file.write_bytes(whole)
        assert opened(file) == content
        for damage in (b"", whole[:-1], whole + b"x", b"x" + whole[1:], sealed("b", content)):
            file.write_bytes(damage)
            assert opened(file) is None


def test_the_oldest_unused_go_when_there_are_more_than_used(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(5):
        with (tmp_path / f"{number}.png").open("wb") as file:
            file.truncate(30_000_000)
        os.utime(tmp_path / f"{number}.png", (number, number))
    shelf.prune({"0.png"})
    assert sorted(file.name for file in tmp_path.iterdir()) == ["0.png", "3.png", "4.png"]
    Shelf(tmp_path / "none").prune(set())


def test_keys_tell_bytes_settings_and_recipes_apart() -> None:
    keys = {key(digest(b"a"), "1", {}), key(digest(b"b"), "1", {}), key(digest(b"a"), "2", {})}
    assert len(keys | {key(digest(b"a"), "1", {"x": 1})}) == 4
    assert digest(b"ab", b"c") != digest(b"a", b"bc")


def test_an_empty_file_counts_as_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    file = shelf.file("k", Variant("a-9.k.avif", 9, 9, "avif"))
    assert filled(file) == 0
    file.touch()
    assert filled(file) == 0
    shelf.put(file.name, b"123")
    assert filled(file) == 3


def test_unchanged_files_are_not_read(tmp_path: Path) -> None:
    shelf, file, reads = Shelf(tmp_path / "shelf"), tmp_path / "a.jpg", []

    def read() -> bytes:
        reads.append(1)
        return file.read_bytes()

    def look() -> str:
        index = Index(shelf)
        found = index.digest("a.jpg", file, read)
        index.save(lambda _path: True)
        return found

    file.write_bytes(b"one")
    first = look()
    assert (look(), len(reads)) == (first, 1)
    times = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert look() != first, "same size and time of change, other bytes"
    assert len(reads) == 2
    (tmp_path / "shelf" / "index.json").write_bytes(b"damaged")
    assert look() == digest(b"two")
