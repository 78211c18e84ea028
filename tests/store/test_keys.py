"""Keys are made once, stay the same, and are nobody else's business."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.store.keys import load_keys


def test_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".publish" / "keys.json"
    keys = load_keys(path)
    assert load_keys(path) == keys
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]
    assert load_keys(tmp_path / "other.json") != keys


def test_many_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_keys(tmp_path / "keys.json"), range(16)))
    assert all(keys == found[0] for keys in found)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"current": "a", "keys": {}}', '{"current": "a", "keys": {"a": "00"}}', "\x00\x00"],
)
def test_a_file_of_something_else_is_told_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text)
    with pytest.raises(PublishError, match="no file of keys"):
        load_keys(path)
    assert path.read_text() == text
