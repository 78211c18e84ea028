"""What a verdict does to a reader, once; what it never does; what is left of it when the reader is gone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.subscriber import Act, Consent, Newcomer
from publisher.audience.verp import Returned
from publisher.bounces.event import Event
from publisher.bounces.soft import Patience
from publisher.bounces.verdict import Kind, Verdict
from publisher.store.bouncing import Effect, bounces_in
from publisher.store.roster import Roster
from publisher.store.subscribers import Subscribers

AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
KEYS = Keys("a", {"a": bytes(range(32))})
PATIENCE = Patience()


def said(act: Act, at: datetime = AT) -> Consent:
    return Consent(at, act, "form", "I want the letter")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".publish" / "ledger.sqlite"


def reader(path: Path, name: str = "ana") -> int:
    readers = Subscribers(path, KEYS)
    newcomer = Newcomer(read_address(f"{name}@example.org"), ("daily",))
    number = readers.ask(newcomer, said("asked", AT - timedelta(days=400))).subscriber.id
    readers.confirm(number, said("confirmed", AT - timedelta(days=400)))
    return number


def verdict(kind: Kind, number: int, issue: int = 1, at: datetime | None = None) -> Verdict:
    return Verdict(kind, Returned(issue, number), "5.1.1", "550 no", f"issue {issue}", at)


def record(path: Path, found: Verdict, now: datetime = AT, *, rehearse: bool = False) -> Effect:
    with bounces_in(path, KEYS, PATIENCE, rehearse) as bounces:
        return bounces.record(found, "bounce", now)


def state(path: Path, number: int) -> str:
    found = Roster(path).get(number)
    assert found is not None
    return found.state


def suppressions(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [reason for (reason,) in db.execute("SELECT reason FROM suppressions")]


@pytest.mark.parametrize(("kind", "after"), [("hard", "bounced"), ("complaint", "complained")])
def test_a_reader_is_let_go_at_once_with_the_evidence(path: Path, kind: Kind, after: str) -> None:
    number = reader(path)
    assert record(path, verdict(kind, number)) == after
    assert state(path, number) == after
    assert suppressions(path) == [after]
    last = Roster(path).consents(number)[-1]
    assert (last.act, last.how, last.evidence) == (after, "bounce", f"issue 1 {kind} 5.1.1 550 no")
    with bounces_in(path, KEYS, PATIENCE) as bounces:
        (evidence,) = bounces.of(number)
    assert (evidence.kind, evidence.at, evidence.status, evidence.detail) == (kind, AT, "5.1.1", "550 no")


def test_the_same_event_counts_once(path: Path) -> None:
    number = reader(path)
    assert [record(path, verdict("hard", number)) for _ in range(3)] == ["bounced", "known", "known"]
    assert len(Roster(path).consents(number)) == 3


def test_an_old_bounce_read_again_does_not_undo_a_new_yes(path: Path) -> None:
    number = reader(path)
    record(path, verdict("hard", number))
    Subscribers(path, KEYS).confirm(number, said("confirmed", AT + timedelta(days=90)))
    assert record(path, verdict("hard", number), AT + timedelta(days=91)) == "known"
    assert state(path, number) == "confirmed"


def test_a_burst_of_policy_rejections_suppresses_nobody(path: Path) -> None:
    numbers = [reader(path, f"reader{n}") for n in range(10)]
    with bounces_in(path, KEYS, PATIENCE) as bounces:
        for issue in range(1, 9):
            for number in numbers:
                at = AT + timedelta(days=3 * issue)
                assert bounces.record(verdict("policy", number, issue), "bounce", at) == "counted"
    assert {state(path, number) for number in numbers} == {"confirmed"}
    assert suppressions(path) == []


def test_soft_bounces_let_go_after_five_over_fourteen_days(path: Path) -> None:
    number = reader(path)
    effects = [
        record(path, verdict("soft", number, day), AT + timedelta(days=day))
        for day in (0, 3, 6, 9, 12, 13, 14)
    ]
    assert effects == ["counted"] * 6 + ["bounced"]
    assert state(path, number) == "bounced"


def test_soft_bounces_are_forgotten_with_time_alone(path: Path) -> None:
    number = reader(path)
    for week in range(0, 200, 20):
        assert record(path, verdict("soft", number, week), AT + timedelta(days=week)) == "counted"
    assert state(path, number) == "confirmed"


def test_soft_bounces_from_before_a_new_yes_do_not_count(path: Path) -> None:
    number = reader(path)
    for day in (0, 5, 10, 15, 20):
        record(path, verdict("soft", number, day + 1), AT + timedelta(days=day))
    assert state(path, number) == "bounced"
    Subscribers(path, KEYS).confirm(number, said("confirmed", AT + timedelta(days=21)))
    assert record(path, verdict("soft", number, 30), AT + timedelta(days=22)) == "counted"
    assert state(path, number) == "confirmed"


def test_a_backlog_is_judged_by_the_dates_of_its_mails(path: Path) -> None:
    number = reader(path)
    now = AT + timedelta(days=30)
    effects = [
        record(path, verdict("soft", number, day, AT + timedelta(days=day)), now) for day in (1, 5, 9, 13, 17)
    ]
    assert effects[-1] == "bounced"
    assert state(path, number) == "bounced"


@pytest.mark.parametrize("at", [AT - timedelta(days=9_000), AT + timedelta(days=9_000), None])
def test_a_date_that_cannot_be_is_now(path: Path, at: datetime | None) -> None:
    number = reader(path)
    record(path, verdict("soft", number, 1, at))
    with bounces_in(path, KEYS, PATIENCE) as bounces:
        assert bounces.of(number)[0].at == AT


def test_what_a_reader_wants_is_stronger_than_what_servers_say(path: Path) -> None:
    number = reader(path)
    Subscribers(path, KEYS).unsubscribe(number, said("unsubscribed"))
    assert record(path, verdict("hard", number)) == "counted"
    assert state(path, number) == "unsubscribed"
    assert record(path, verdict("complaint", number)) == "complained"
    assert suppressions(path) == ["complained"]
    assert record(path, verdict("hard", number, 2)) == "counted"
    assert state(path, number) == "complained"


def test_a_reader_who_is_gone_takes_the_evidence_along(path: Path) -> None:
    number = reader(path)
    record(path, verdict("soft", number))
    Subscribers(path, KEYS).forget(number, AT)
    assert record(path, verdict("hard", number, 2)) == "gone"
    assert record(path, verdict("hard", 99)) == "gone"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM returns").fetchone() == (0,)
    assert record(path.with_name("none.sqlite"), verdict("hard", 1)) == "gone"
    assert not path.with_name("none.sqlite").exists()


@pytest.mark.parametrize("kind", ["reply", "challenge", "notice", "unknown"])
def test_what_is_no_bounce_leaves_no_trace(path: Path, kind: Kind) -> None:
    number = reader(path)
    assert record(path, verdict(kind, number)) == "none"
    assert record(path, replace(verdict("hard", number), returned=None)) == "unproven"
    assert state(path, number) == "confirmed"


def test_a_rehearsal_finds_out_and_keeps_nothing(path: Path) -> None:
    number = reader(path)
    assert record(path, verdict("hard", number), rehearse=True) == "bounced"
    assert state(path, number) == "confirmed"
    assert record(path, verdict("hard", number)) == "bounced"


def event(name: str, found: Verdict, number: int | None = None) -> Event:
    return Event(name, replace(found, returned=Returned(1, number) if number else None), "Ana@example.org")


def test_a_call_counts_once_and_finds_the_reader_by_address(path: Path) -> None:
    number = reader(path)
    hook = event("ses 1", replace(verdict("hard", 0), source="ses 1"))
    with bounces_in(path, KEYS, PATIENCE) as bounces:
        assert bounces.record_event(hook, "ana@example.org", "ses", AT) == "bounced"
        assert bounces.record_event(hook, "ana@example.org", "ses", AT) == "known"
        assert bounces.record_event(event("ses 2", verdict("hard", 0)), "bo@example.org", "ses", AT) == "gone"
        forgotten = event("ses 3", verdict("complaint", 0), 99)
        assert bounces.record_event(forgotten, "ana@example.org", "ses", AT) == "gone"
    assert Roster(path).consents(number)[-1].how == "ses"
    assert state(path, number) == "bounced"


def test_a_call_and_a_mail_about_one_delivery_count_once(path: Path) -> None:
    number = reader(path)
    assert record(path, verdict("soft", number)) == "counted"
    with bounces_in(path, KEYS, PATIENCE) as bounces:
        assert bounces.record_event(event("ses 1", verdict("soft", 0), number), "", "ses", AT) == "known"


def several(path: Path, numbers: list[int]) -> None:
    for number in numbers:
        record(path, verdict("hard", number))


def test_two_programs_at_once_count_each_once(path: Path) -> None:
    numbers = [reader(path, f"reader{n}") for n in range(10)]
    workers = [get_context("spawn").Process(target=several, args=(path, numbers)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert suppressions(path) == ["bounced"] * 10
    assert {len(Roster(path).consents(number)) for number in numbers} == {3}
