"""Readers come, agree, change and go; who wants no mail is left alone whatever is done by others."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.subscriber import Act, Change, Consent, Newcomer, State
from publisher.errors import PublishError
from publisher.store.roster import Choice, Roster
from publisher.store.subscribers import Subscribers

AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
KEYS = Keys("a", {"a": bytes(range(32))})
ANA = Newcomer(read_address("Ana@Example.org"), ("daily",), "Ana Lund")


def said(act: Act, *newsletters: str) -> Consent:
    return Consent(AT, act, "form", "I want the letter", "192.0.2.7", newsletters)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".publish" / "ledger.sqlite"


@pytest.fixture
def readers(path: Path) -> Subscribers:
    return Subscribers(path, KEYS)


def joined(readers: Subscribers, newcomer: Newcomer = ANA) -> int:
    """The id of a reader who asked and confirmed."""
    number = readers.ask(newcomer, said("asked")).subscriber.id
    readers.confirm(number, said("confirmed"))
    return number


def test_reading_makes_no_ledger(path: Path) -> None:
    roster = Roster(path)
    assert roster.find("ana@example.org") is roster.get(1) is None
    assert not (*roster.page(Choice()), *roster.consents(1), *roster.each(Choice()))
    assert not path.parent.exists()


def test_who_asks_gets_nothing_before_confirming(readers: Subscribers, path: Path) -> None:
    asked = readers.ask(ANA, said("asked"))
    assert (asked.subscriber.state, asked.suppressed) == ("unconfirmed", None)
    number = asked.subscriber.id
    confirmed = readers.confirm(number, said("confirmed"))
    assert confirmed == replace(asked.subscriber, state="confirmed")
    assert confirmed == Roster(path).find("ana@example.org") == Roster(path).get(number)
    assert confirmed.newsletters == ("daily",)
    assert confirmed.joined == AT
    assert [(each.act, each.newsletters) for each in Roster(path).consents(number)] == [
        ("asked", ("daily",)),
        ("confirmed", ("daily",)),
    ]
    assert Roster(path).consents(number)[0] == said("asked", "daily")


def test_the_ledger_is_for_its_owners_eyes_alone(readers: Subscribers, path: Path) -> None:
    joined(readers)
    assert path.stat().st_mode & 0o777 == 0o600


def test_acts_done_twice_are_done_once(readers: Subscribers, path: Path) -> None:
    number = joined(readers)
    readers.confirm(number, said("confirmed"))
    readers.ask(replace(ANA, newsletters=("weekly",)), said("asked"))
    for _ in range(3):
        readers.unsubscribe(number, said("unsubscribed"))
        readers.silence(number, "bounced", said("bounced"))
    found = Roster(path).get(number)
    assert found and (found.state, found.newsletters) == ("unsubscribed", ())
    assert [each.act for each in Roster(path).consents(number)] == ["asked", "confirmed", "unsubscribed"]


def test_a_stranger_changes_nothing_for_a_confirmed_reader(readers: Subscribers, path: Path) -> None:
    number = joined(readers)
    before = Roster(path).get(number)
    again = replace(ANA, newsletters=("weekly",), name="Somebody else")
    assert readers.ask(again, said("asked")).subscriber == before
    assert readers.add(again, said("imported"), confirmed=False) == before


def test_leaving_one_newsletter_and_the_last(readers: Subscribers) -> None:
    number = joined(readers, replace(ANA, newsletters=("weekly", "daily")))
    one = readers.unsubscribe(number, said("unsubscribed"), "daily")
    assert one and (one.state, one.newsletters) == ("confirmed", ("weekly",))
    with pytest.raises(PublishError, match="has left daily"):
        readers.add(ANA, said("imported"), confirmed=True)
    last = readers.unsubscribe(number, said("unsubscribed"), "weekly")
    assert last and (last.state, last.newsletters) == ("unsubscribed", ())


@pytest.mark.parametrize("state", ["unsubscribed", "bounced", "complained"])
def test_only_the_readers_own_word_brings_him_back(readers: Subscribers, state: State) -> None:
    number = joined(readers)
    silenced = readers.silence(number, state, said("bounced"))
    assert silenced and silenced.state == state
    with pytest.raises(PublishError, match=f"Ana@example.org: no mail may go there: {state}"):
        readers.add(ANA, said("imported"), confirmed=True)
    asked = readers.ask(ANA, said("asked"))
    assert (asked.subscriber.state, asked.suppressed) == (state, state)
    back = readers.confirm(number, said("confirmed"))
    assert back and (back.state, back.newsletters) == ("confirmed", ("daily",))
    assert readers.add(ANA, said("imported"), confirmed=True).state == "confirmed"


def test_a_complaint_is_stronger_than_leaving_and_that_than_a_bounce(readers: Subscribers) -> None:
    number = joined(readers)
    states = []
    words: tuple[State, ...] = ("bounced", "unsubscribed", "bounced", "complained", "unsubscribed")
    for state in words:
        found = readers.silence(number, state, said("bounced"))
        states.append(found.state if found else None)
    assert states == ["bounced", "unsubscribed", "unsubscribed", "complained", "complained"]


def test_a_reader_changes_what_he_reads(readers: Subscribers, path: Path) -> None:
    number = joined(readers)
    wish = Change(name="A. Lund", language="no", time_zone="Europe/Oslo", newsletters=("weekly",))
    changed = readers.change(number, wish, said("changed"))
    assert changed and (changed.name, changed.language, changed.time_zone) == ("A. Lund", "no", "Europe/Oslo")
    assert changed.newsletters == ("weekly",)
    assert Roster(path).consents(number)[-1].newsletters == ("daily", "weekly")
    assert readers.change(number, wish, said("changed")) == changed
    assert len(Roster(path).consents(number)) == 3
    gone = readers.change(number, Change(newsletters=()), said("changed"))
    assert gone and gone.state == "unsubscribed"


def test_nobody_is_left_of_a_reader_who_is_forgotten(readers: Subscribers, path: Path) -> None:
    others = [replace(ANA, address=read_address(f"reader{n}@example.com"), name=f"N{n}") for n in range(60)]
    for newcomer in others[:30]:
        readers.ask(newcomer, said("asked"))
    number = joined(readers)
    for newcomer in others[30:]:
        readers.ask(newcomer, said("asked"))
    readers.unsubscribe(number, said("unsubscribed"))
    assert readers.forget(number, AT)
    assert not readers.forget(number, AT)
    assert Roster(path).get(number) is Roster(path).find("ana@example.org") is None
    assert Roster(path).consents(number) == ()
    assert readers.confirm(number, said("confirmed")) is None
    assert readers.unsubscribe(number, said("unsubscribed")) is None
    raw = b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()
    assert b"reader7@example.com" in raw
    assert b"ana@example.org" not in raw
    assert b"ana lund" not in raw
    with pytest.raises(PublishError, match="no mail may go there: unsubscribed"):
        readers.add(ANA, said("imported"), confirmed=True)
    again = readers.ask(ANA, said("asked"))
    assert again.suppressed == "unsubscribed"
    assert again.subscriber.id > number


def test_forgotten_without_a_trace(readers: Subscribers, path: Path) -> None:
    readers.forget(joined(readers), AT)
    with pytest.raises(PublishError, match="forgotten"):
        readers.add(ANA, said("imported"), confirmed=True)
    assert readers.lift(ANA.address)
    number = readers.add(ANA, said("imported"), confirmed=True).id
    readers.forget(number, AT, leave_mark=False)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM suppressions").fetchone() == (0,)


def test_suppression_outlives_the_key_it_was_made_with(readers: Subscribers, path: Path) -> None:
    number = joined(readers)
    other = read_address("other@example.org")
    assert readers.suppress(other, "manual", said("unsubscribed")) is None
    suppressed = readers.suppress(ANA.address, "complained", said("complained"))
    assert suppressed and suppressed.state == "complained"
    rotated = Subscribers(path, Keys("b", {**KEYS.secrets, "b": bytes(32)}))
    for address in (ANA.address, other, read_address("OTHER@EXAMPLE.ORG")):
        with pytest.raises(PublishError, match="no mail may go there"):
            rotated.add(Newcomer(address, ("daily",)), said("imported"), confirmed=True)
    rotated.suppress(other, "bounced", said("bounced"))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT key, reason FROM suppressions ORDER BY key").fetchall() == [
            ("a", "complained"),
            ("b", "bounced"),
        ]
    assert rotated.suppressed(other) == "bounced"
    assert rotated.lift(other)
    assert rotated.suppressed(other) is None
    assert not rotated.lift(other)
    back = rotated.confirm(number, said("confirmed"))
    assert back and back.state == "confirmed"
    assert rotated.ask(ANA, said("asked")).suppressed is None


def test_pages_and_choices(readers: Subscribers, path: Path) -> None:
    for n in range(7):
        language = "de" if n % 2 else "en"
        newcomer = Newcomer(
            read_address(f"Reader{n}@example.org"), ("daily", "weekly")[: 1 + n % 2], "", language
        )
        readers.add(newcomer, said("imported"), confirmed=n != 3)
    roster = Roster(path)

    def numbers(choice: Choice, after: int = 0, limit: int = 50) -> list[int]:
        return [each.id for each in roster.page(choice, after, limit)]

    assert numbers(Choice(), limit=3) == [1, 2, 3]
    assert numbers(Choice(), after=3, limit=3) == [4, 5, 6]
    assert numbers(Choice(state="unconfirmed")) == [4]
    assert numbers(Choice(newsletter="weekly")) == [2, 4, 6]
    assert numbers(Choice(newsletter="weekly", state="confirmed", language="de"), after=2) == [6]
    assert numbers(Choice(contains="READER5")) == [6]
    assert numbers(Choice(contains="%")) == []
    every = list(roster.each(Choice(language="en")))
    assert [entry.subscriber.id for entry in every] == [1, 3, 5, 7]
    assert every[0].agreed == said("imported", "daily")
    assert every[0].left is None


def test_moments_are_kept_in_one_zone(readers: Subscribers, path: Path) -> None:
    later = said("asked").at.astimezone() + timedelta(hours=1)
    number = readers.ask(ANA, replace(said("asked"), at=later)).subscriber.id
    assert Roster(path).consents(number)[0].at == later
    with pytest.raises(ValueError, match="zone"):
        readers.confirm(number, replace(said("confirmed"), at=datetime(2026, 3, 2)))
    unchanged = Roster(path).get(number)
    assert unchanged and unchanged.state == "unconfirmed"


def _subscribe(path: Path, worker: int) -> None:
    readers = Subscribers(path, KEYS)
    for n in range(8):
        newcomer = replace(ANA, newsletters=(f"n{worker}-{n}",))
        readers.add(newcomer, said("imported"), confirmed=True)
        readers.ask(replace(ANA, address=read_address(f"r{n}@example.org")), said("asked"))


def test_many_processes_lose_nothing(path: Path) -> None:
    context = get_context("spawn")
    processes = [context.Process(target=_subscribe, args=(path, worker)) for worker in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 3
    found = Roster(path).find("ana@example.org")
    assert found
    assert len(found.newsletters) == 24
    assert len(Roster(path).consents(found.id)) == 24
    assert len(Roster(path).page(Choice())) == 9
