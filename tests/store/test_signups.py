"""Sign-ups that wait: what is kept, for how long, and how many."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.subscriber import Consent, Newcomer
from publisher.store import signups
from publisher.store.roster import Roster
from publisher.store.signups import Signups, Wish
from publisher.store.subscribers import Subscribers

KEYS = Keys("a", {"a": bytes(range(32))})
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def wish(name: str, at: datetime = NOW) -> Wish:
    return Wish("confirm", read_address(f"{name}@example.org"), at, ("daily",))


def test_the_first_come_is_the_first_served(ledger: Path) -> None:
    queue = Signups(ledger, KEYS)
    assert (queue.next_due(), queue.take(NOW)) == (None, None)
    queue.receive([wish("ana", NOW + timedelta(seconds=1)), wish("bo")])
    assert queue.next_due() == int(NOW.timestamp())
    later = NOW + timedelta(seconds=2)
    first = queue.take(later)
    assert first
    assert first.reader.address == "bo@example.org"
    queue.settle(first)
    second = queue.take(later)
    assert second
    assert second.reader.address == "ana@example.org"


def test_what_was_begun_is_found_again_and_not_counted_twice(ledger: Path) -> None:
    queue = Signups(ledger, KEYS)
    queue.receive([wish("ana")])
    for _ in range(2):
        errand = queue.take(NOW)
        assert errand
        assert queue.begin(errand, NOW)
    assert queue.take(NOW) is None
    assert queue.next_due() is None
    assert len(Roster(ledger).consents(1)) == 1


def test_who_confirmed_or_was_forgotten_meanwhile_gets_no_mail(ledger: Path) -> None:
    queue, readers = Signups(ledger, KEYS), Subscribers(ledger, KEYS)
    queue.receive([wish("ana"), wish("bo")])
    first = queue.take(NOW)
    assert first
    readers.confirm(first.reader.id, Consent(NOW, "confirmed", "form"))
    assert not queue.begin(first, NOW)
    queue.settle(first)
    second = queue.take(NOW)
    assert second
    readers.forget(second.reader.id, NOW)
    assert not queue.begin(second, NOW)
    assert queue.take(NOW) is None


def test_a_key_that_was_changed_does_not_begin_the_count_anew(ledger: Path) -> None:
    queue = Signups(ledger, KEYS)
    queue.receive([wish("ana")])
    errand = queue.take(NOW)
    assert errand
    assert queue.begin(errand, NOW)
    queue.settle(errand)
    rotated = Signups(ledger, Keys("b", {"a": KEYS.secrets["a"], "b": bytes(32)}))
    rotated.receive([wish("ana")])
    assert rotated.take(NOW) is None


def test_an_inbox_gets_one_mail_a_day_by_whatever_address(ledger: Path) -> None:
    """Whoever bombs somebody has as many addresses for him as he likes."""
    queue, sent = Signups(ledger, KEYS), []
    for day in range(40):
        now = NOW + timedelta(days=day)
        queue.receive([wish(f"ana+{day}.{n}", now) for n in range(3)])
        while errand := queue.take(now):
            assert queue.begin(errand, now)
            queue.settle(errand)
            sent.append((day, errand.reader.address))
    assert [day for day, _ in sent] == [0, 1, 2, 3, 4, 30, 31, 32, 33, 34]
    assert sent[0] == (0, "ana+0.0@example.org")


def test_what_is_too_old_is_dropped(ledger: Path) -> None:
    queue = Signups(ledger, KEYS)
    queue.receive([wish("ana")])
    assert queue.take(NOW + timedelta(days=2, seconds=1)) is None
    assert queue.next_due() is None


def test_a_flood_is_not_kept(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signups, "MOST", 3)
    queue = Signups(ledger, KEYS)
    queue.receive([wish(f"r{n}") for n in range(5)])
    queue.receive([wish("late")])
    found = []
    while errand := queue.take(NOW):
        found.append(errand.reader.address)
        queue.settle(errand)
    assert found == ["r0@example.org", "r1@example.org", "r2@example.org"]


def test_who_never_confirmed_is_forgotten_after_a_month(ledger: Path) -> None:
    queue, readers = Signups(ledger, KEYS), Subscribers(ledger, KEYS)
    queue.receive([wish("ana"), wish("bo")])
    for _ in range(2):
        if errand := queue.take(NOW):
            queue.settle(errand)
    listed = Newcomer(read_address("listed@example.org"), ("daily",))
    readers.add(listed, Consent(NOW, "imported", "import"), confirmed=False)
    readers.confirm(2, Consent(NOW, "confirmed", "form"))
    assert queue.tidy(NOW + timedelta(days=29)) == 0
    assert queue.tidy(NOW + timedelta(days=31)) == 1
    known = [bool(Roster(ledger).find(f"{name}@example.org")) for name in ("ana", "bo", "listed")]
    assert known == [False, True, True]
