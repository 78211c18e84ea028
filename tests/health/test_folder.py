"""State, disk, clock, readers and versions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from publisher.health.folder import (
    Disk,
    Ledger,
    State,
    Times,
    judge_clock,
    judge_disk,
    judge_readers,
    judge_state,
    judge_zone,
)
from publisher.health.versions import judge_versions
from tests.health.zones import levels, told

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
READERS = {"confirmed": 1_000, "unconfirmed": 20, "complained": 0, "bounced": 0, "unsubscribed": 0}
LEDGER = Ledger(version=5, known=5, newest=NOW - timedelta(days=1), readers=READERS, suppressed=3)
STATE = State(
    there=True,
    writable=True,
    modes={".publish/keys.json": 0o600, ".publish/ledger.sqlite": 0o600},
    ledger=LEDGER,
    backup=NOW - timedelta(days=1),
)


def test_all_is_well() -> None:
    assert set(levels(judge_state(STATE, NOW))) == {"ok"}


def test_without_readers_no_keys_are_missed() -> None:
    nobody = replace(LEDGER, readers=dict.fromkeys(READERS, 0))
    assert set(levels(judge_state(replace(STATE, modes={}, ledger=nobody), NOW))) == {"ok"}


def test_nothing_is_there_yet() -> None:
    assert levels(judge_state(State(there=False, writable=True, modes={}), NOW)) == ["ok"]


@pytest.mark.parametrize(
    ("state", "level", "part"),
    [
        (replace(STATE, writable=False), "wrong", "cannot be written"),
        (replace(STATE, modes={**STATE.modes, "dkim.pem": 0o644}), "wrong", "chmod 600 dkim.pem"),
        (replace(STATE, modes={".publish/keys.json": 0o640}), "wrong", "(mode 0640)"),
        (replace(STATE, modes={}), "wrong", "keys.json: it is missing"),
        (replace(STATE, keys="this is no file of keys"), "wrong", "no file of keys"),
        (replace(STATE, ledger=Ledger(trouble="the ledger is damaged")), "wrong", "damaged"),
        (replace(STATE, backup=None), "look at", "none was noted"),
        (replace(STATE, backup=NOW - timedelta(days=8)), "look at", "8 days old"),
    ],
)
def test_states(state: State, level: str, part: str) -> None:
    found = [each for each in judge_state(state, NOW) if each.level != "ok"]
    assert level in levels(found)
    assert part in told(found)
    assert all(each.remedy for each in found)


def test_an_older_ledger_is_fine() -> None:
    found = judge_state(replace(STATE, ledger=Ledger(version=2, known=5)), NOW)
    assert "brings it to 5" in told(found)
    assert "wrong" not in levels(found)


@pytest.mark.parametrize(("complained", "expected"), [(0, ["ok"]), (1, ["ok"]), (2, ["ok", "look at"])])
def test_complaints(complained: int, expected: list[str]) -> None:
    found = judge_readers(replace(LEDGER, readers=READERS | {"complained": complained}))
    assert levels(found) == expected
    assert "1,000 confirmed" in found[0].said
    assert "3 addresses suppressed" in found[0].said


def test_no_readers_yet() -> None:
    assert judge_readers(None) == ()
    assert "none yet" in told(judge_readers(replace(LEDGER, readers=dict.fromkeys(READERS, 0))))


@pytest.mark.parametrize(
    ("free", "site", "level"),
    [
        (10**10, 10**6, "ok"),
        (10**9 - 1, 0, "look at"),
        (10**8 - 1, 0, "wrong"),
        (5 * 10**9, 2 * 10**9, "look at"),
        (2 * 10**9 - 1, 2 * 10**9, "wrong"),
    ],
)
def test_disk(free: int, site: int, level: str) -> None:
    assert levels(judge_disk(Disk(free, site, 0))) == [level]


@pytest.mark.parametrize(
    ("times", "level"),
    [
        (Times(), "ok"),
        (Times(NOW, NOW + timedelta(minutes=5), NOW), "ok"),
        (Times(issue=NOW + timedelta(days=1)), "wrong"),
        (Times(written=NOW + timedelta(hours=1)), "wrong"),
        (Times(given=NOW + timedelta(hours=1)), "look at"),
    ],
)
def test_clock(times: Times, level: str) -> None:
    assert levels(judge_clock(NOW, times)) == [level]


def test_zone() -> None:
    assert told(judge_zone("Europe/Oslo", NOW.astimezone(ZoneInfo("Europe/Oslo")))).startswith(
        "time_zone: Europe/Oslo, where it is 07:00 (+0100)"
    )
    assert levels(judge_zone("UTC", NOW)) == ["look at"]


NEEDED = ("click>=8.2", "Jinja2>=3.1.6", "nh3 >= 0.3.2", "starlette>=1.0; extra == 'serve'", "odd")
THERE = {"click": "8.10.0", "jinja2": "3.1.6", "nh3": "0.3.10rc1"}


@pytest.mark.parametrize(
    ("python", "sqlite", "there", "part"),
    [
        ("3.11.0", "3.40.1", THERE, ""),
        ("3.14.0rc2", "3.50", THERE, ""),
        ("3.10.12", "3.40.1", THERE, "Python: 3.10.12; at least 3.11"),
        ("3.12.1", "3.31.1", THERE, "SQLite: 3.31.1; at least 3.35"),
        ("3.12.1", "3.40.1", THERE | {"click": "8.1.9"}, "too old: click 8.1.9 (needs 8.2)"),
        ("3.12.1", "3.40.1", {"click": "8.2", "jinja2": "4"}, "not installed: nh3"),
    ],
)
def test_versions(python: str, sqlite: str, there: dict[str, str], part: str) -> None:
    found = [each for each in judge_versions(python, sqlite, NEEDED, there) if each.level == "wrong"]
    assert bool(found) == bool(part)
    assert part in told(found)
