"""How things stand, told to people and to machines."""

import json
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.work.projects import CONFIGURATION, make

NOW = "2026-11-21T07:00+01:00"
LETTERS = """
[newsletter]
sender = "news@ledger.example.org"
unsubscribe = "https://ledger.example.org/leave/{token}"

[daily]
at = "06:00"
steps = ["digest", "build"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path, configuration=CONFIGURATION + LETTERS)


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["-C", str(root), *arguments]) == 0
    return capsys.readouterr().out


def test_a_publication_that_has_done_nothing_yet(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(root, capsys, "status", "--now", NOW)
    assert [line.split(maxsplit=1)[0] for line in said.splitlines()] == ["built", "readers", "last", "next"]
    assert "2026-11-22 06:00+01:00" in said
    assert told(root, capsys, "log") == ""
    assert main(["-C", str(root), "log"]) == 0
    assert "nothing has gone out yet" in capsys.readouterr().err
    assert json.loads(told(root, capsys, "log", "--json"))["log"] == []
    assert not (root / ".publish").exists()


def test_after_a_run_there_are_an_issue_and_readers(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for address in ("ada@example.org", "bo@example.org"):
        vow = ("--confirmed", "--consent", "asked for it on paper", "--newsletter", "daily")
        told(root, capsys, "subscribers", "add", address, *vow)
    told(root, capsys, "daily", "--now", NOW)
    said = told(root, capsys, "status", "--now", NOW)
    assert "2026-11-21 not sent yet for 2 readers" in said
    assert "2 confirmed" in said
    assert "done digest, build" in said
    table = json.loads(told(root, capsys, "status", "--json", "--now", NOW))
    assert table["schema"] == 1
    assert table["readers"]["confirmed"] == 2
    assert table["despatches"][0]["day"] == "2026-11-21"
    assert table["last"]["done"] is True
    assert table["next"] == "2026-11-22T06:00:00+01:00"
    log = json.loads(told(root, capsys, "log", "--json"))["log"]
    assert sorted(each["kind"] for each in log) == ["issue", "run"]
    assert len(told(root, capsys, "log", "-n", "1").splitlines()) == 1
