"""What templates compile to is kept, and damaged it counts for nothing."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from publisher.store.bytecode import Bytecode

TEXT = "<p>{{ word }} and the tide</p>"


def rendered(folder: Path) -> str:
    environment = Environment(
        loader=DictLoader({"a": TEXT}), bytecode_cache=Bytecode(folder), autoescape=True
    )
    return environment.get_template("a").render(word="quay")


def test_it_is_kept(tmp_path: Path) -> None:
    rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    before = file.stat()
    assert rendered(tmp_path) == "<p>quay and the tide</p>"
    assert file.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("harm", ["cut", "grown", "emptied", "flipped", "another's"])
def test_damaged_it_is_made_again(tmp_path: Path, harm: str) -> None:
    expected = rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    raw = file.read_bytes()
    spoilt = {
        "cut": raw[:-9],
        "grown": raw + b"more",
        "emptied": b"",
        "flipped": raw.replace(b"tide", b"time"),
        "another's": b"\x00" * 16 + raw[16:],
    }
    assert spoilt[harm] != raw
    file.write_bytes(spoilt[harm])
    assert rendered(tmp_path) == expected
    assert file.read_bytes() == raw


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    assert rendered(tmp_path / "missing") == "<p>quay and the tide</p>"
