"""Sign-ups beyond what is usual within an hour wait, and are let go when there is room again (S09)."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.store.bursts import Held
from publisher.store.signups import Signups, Wish

KEYS = Keys("a", {"a": bytes(range(32))})
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def wish(address: str, at: datetime = NOW) -> Wish:
    return Wish("confirm", read_address(address), at, ("daily",))


def taken(queue: Signups, now: datetime) -> list[str]:
    found = []
    while errand := queue.take(now):
        found.append(errand.reader.address)
        queue.settle(errand)
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_what_is_beyond_the_usual_waits(ledger: Path) -> None:
    queue, held = Signups(ledger, KEYS, 4), Held(ledger)
    assert queue.receive([wish(f"r@{n}.example.org") for n in range(6)]) == 2
    assert taken(queue, NOW) == [f"r@{n}.example.org" for n in range(4)]
    assert held.by_domain() == {"4.example.org": 1, "5.example.org": 1}
    assert held.ease(NOW + timedelta(minutes=59), 4) == 0
    later = NOW + timedelta(minutes=66)
    assert held.ease(later, 4) == 2
    assert taken(queue, later) == ["r@4.example.org", "r@5.example.org"]


def test_one_domain_may_be_half_of_it(ledger: Path) -> None:
    queue, held = Signups(ledger, KEYS, 6), Held(ledger)
    assert queue.receive([wish(f"r{n}@example.org") for n in range(5)]) == 2
    assert queue.receive([wish("ana@example.com")]) == 0
    assert held.by_domain() == {"example.org": 2}


def test_the_count_outlives_a_restart_and_those_who_wait_count_too(ledger: Path) -> None:
    assert Signups(ledger, KEYS, 2).receive([wish("a@a.example"), wish("b@b.example")]) == 0
    for n in range(4):
        at = NOW + n * timedelta(minutes=30)
        assert Signups(ledger, KEYS, 2).receive([wish(f"r{n}@c{n}.example", at)] * 2) == 2


def test_a_burst_of_settings_holds_nobody(ledger: Path) -> None:
    """Only readers are sent the link to theirs."""
    queue = Signups(ledger, KEYS, 2)
    assert queue.receive([Wish("settings", read_address(f"r{n}@example.org"), NOW) for n in range(9)]) == 0


def test_who_waits_too_long_is_forgotten(ledger: Path) -> None:
    queue, held = Signups(ledger, KEYS, 1), Held(ledger)
    assert queue.receive([wish("a@a.example"), wish("b@b.example")]) == 1
    assert taken(queue, NOW + timedelta(days=1)) == ["a@a.example"]
    assert taken(queue, NOW + timedelta(days=2, hours=1)) == []
    assert held.by_domain() == {}


def test_those_who_wait_leave_room_for_others(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.store.signups.MOST", 3)
    queue = Signups(ledger, KEYS, 2)
    assert queue.receive([wish(f"r@{n}.example.org") for n in range(9)]) == 3
    assert taken(queue, NOW) == ["r@0.example.org", "r@1.example.org"]
    later = NOW + 2 * HOUR
    assert queue.receive([wish("late@example.com", later)]) == 0
    assert taken(queue, later) == ["late@example.com"]


def test_the_operator_lets_go_and_drops(ledger: Path) -> None:
    queue, held = Signups(ledger, KEYS, 1), Held(ledger)
    queue.receive([wish(f"r{n}@{name}.example") for n in range(3) for name in ("a", "b")])
    assert held.by_domain() == {"b.example": 3, "a.example": 2}
    assert held.drop("b.example") == 3
    assert held.release(NOW, "no.example") == 0
    assert held.release(NOW) == 2
    assert taken(queue, NOW) == ["r0@a.example", "r1@a.example", "r2@a.example"]


def test_no_limit_lets_all_go(ledger: Path) -> None:
    Signups(ledger, KEYS, 1).receive([wish(f"r{n}@example.org") for n in range(5)])
    assert Held(ledger).ease(NOW, 0) == 4
    assert Signups(ledger, KEYS, 0).receive([wish(f"s{n}@example.org") for n in range(50)]) == 0


def test_there_need_be_no_ledger(ledger: Path) -> None:
    assert Held(ledger).by_domain() == {}
    assert Held(ledger).ease(NOW, 5) == 0
    assert not ledger.exists()


@given(
    burst=st.integers(1, 6),
    comes=st.lists(st.tuples(st.integers(0, 50), st.sampled_from("abc")), min_size=1, max_size=30),
)
@settings(max_examples=15, deadline=None)
def test_no_hour_has_more_mails_than_are_usual(
    tmp_path_factory: pytest.TempPathFactory, burst: int, comes: list[tuple[int, str]]
) -> None:
    ledger = tmp_path_factory.mktemp("burst") / "ledger.sqlite"
    queue, held, now, went = Signups(ledger, KEYS, burst), Held(ledger), NOW, Counter[tuple[int, str]]()
    for number, (minutes, domain) in enumerate(comes):
        now += timedelta(minutes=minutes)
        queue.receive([wish(f"r{number}@{domain}.example", now)])
        held.ease(now, burst)
        for address in taken(queue, now):
            went[int((now - NOW).total_seconds()) // 60, address.rpartition("@")[2]] += 1
    for start, _ in went:
        within = {key: n for key, n in went.items() if start <= key[0] < start + 60}
        assert sum(within.values()) <= burst
        for domain in "abc":
            of_one = sum(n for key, n in within.items() if key[1] == f"{domain}.example")
            assert of_one <= max(1, burst // 2)
