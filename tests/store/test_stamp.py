"""Keys of the memo: equal for equal arguments, different for all others, the same in every process."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from publisher.model import Dated, Source
from publisher.settings import CleanSettings, Publication
from publisher.store import stamp as stamps
from publisher.store.stamp import fingerprint, key, stamp
from publisher.store.unread import digest_of

MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
SOURCE = Source("a.md", "text", Dated(MOMENT, "commit"))


def keyed(source: Source, settings: bytes, code: bytes) -> bytes:
    return key(source, digest_of(source), settings, code)


def test_every_argument_counts() -> None:
    keys = [
        keyed(SOURCE, b"s", b"c"),
        keyed(replace(SOURCE, path="a.mdt", text="ext"), b"s", b"c"),
        keyed(replace(SOURCE, text="other"), b"s", b"c"),
        keyed(replace(SOURCE, fallback=None), b"s", b"c"),
        keyed(replace(SOURCE, fallback=Dated(MOMENT, "modified")), b"s", b"c"),
        keyed(
            replace(SOURCE, fallback=Dated(MOMENT.astimezone(timezone(timedelta(hours=1))), "commit")),
            b"s",
            b"c",
        ),
        keyed(SOURCE, b"sc", b""),
        keyed(SOURCE, b"", b"sc"),
    ]
    assert len(set(keys)) == len(keys)
    assert {len(each) for each in keys} == {32}
    assert keyed(replace(SOURCE), b"s", b"c") == keys[0]


def test_settings_have_fingerprints() -> None:
    assert fingerprint(Publication()) == fingerprint(Publication())
    assert fingerprint(Publication()) != fingerprint(Publication(time_zone="Asia/Tokyo"))
    assert fingerprint(Publication()) != fingerprint(Publication(clean=CleanSettings(ignore=("CL",))))
    assert fingerprint({"a": 1, "b": (2,)}) == fingerprint({"b": [2], "a": 1})


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_stamp_is_the_same_in_every_process(seed: str) -> None:
    code = "from publisher.store.stamp import stamp; print(stamp().hex())"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == stamp().hex()


@pytest.mark.parametrize(
    "name", ["model.py", "clean/rules/x.py", "clean/lexicon/en.txt", "render/new.py", "content/a.py"]
)
def test_code_and_data_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(stamps, "_PACKAGE", tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    seen = set()
    for text in ("one", "two"):
        file.write_text(text)
        seen.add(stamp.__wrapped__())
    file.rename(file.with_name("renamed.py"))
    seen.add(stamp.__wrapped__())
    assert len(seen) == 3


def test_other_layers_and_compiled_code_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "_PACKAGE", tmp_path)
    before = stamp.__wrapped__()
    for name in ("site/pages.py", "clean/__pycache__/x.pyc", "store/memo.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert stamp.__wrapped__() == before


def test_the_versions_of_libraries_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp.__wrapped__()
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"{name} 99")
    assert stamp.__wrapped__() != before
