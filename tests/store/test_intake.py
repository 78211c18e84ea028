"""A list of readers is in the ledger as a whole, and brings nobody back who wants no mail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.listed import Listed
from publisher.audience.subscriber import Consent, Newcomer, State
from publisher.errors import PublishError
from publisher.store.intake import Merged, Vow, merge
from publisher.store.roster import Choice, Roster
from publisher.store.subscribers import Subscribers

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
THEN = datetime(2024, 5, 6, tzinfo=UTC)
KEYS = Keys("b", {"a": bytes(32), "b": bytes(range(32))})
OLD = Keys("a", {"a": bytes(32)})
VOWED = Vow("readers.csv", NOW, confirmed=True, wording="I want the letter")
UNVOWED = Vow("readers.csv", NOW)
COMMAND = Consent(NOW, "confirmed", "form")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def line(address: str, state: State = "confirmed", *newsletters: str) -> Listed:
    newcomer = Newcomer(read_address(address), newsletters or ("daily",))
    return Listed(newcomer, state, joined=THEN, agreed=None, left=None)


def states(path: Path) -> dict[str, str]:
    return {each.mailbox.partition("@")[0]: each.state for each in Roster(path).page(Choice(), limit=1_000)}


def test_new_readers_with_their_records(path: Path) -> None:
    listed = replace(
        line("Ana@example.org", "confirmed", "weekly", "daily"), agreed=THEN, departed=("monthly",)
    )
    done = merge(path, KEYS, [(2, listed), (3, line("bo@example.org", "unsubscribed"))], VOWED)
    assert done == Merged(added=2)
    ana, bo = Roster(path).each(Choice())
    assert (ana.subscriber.state, ana.subscriber.newsletters) == ("confirmed", ("daily", "weekly"))
    assert (ana.subscriber.joined, ana.departed) == (THEN, ("monthly",))
    names = ("daily", "weekly")
    assert ana.agreed == Consent(THEN, "imported", "import", "I want the letter", "readers.csv:2", names)
    assert (bo.subscriber.state, bo.subscriber.newsletters) == ("unsubscribed", ())
    assert bo.left == Consent(NOW, "unsubscribed", "import", "", "readers.csv:3")
    assert bo.agreed and bo.agreed.wording == ""
    with pytest.raises(PublishError, match="no mail may go there"):
        Subscribers(path, KEYS).add(line("bo@example.org").newcomer, COMMAND, confirmed=True)
    Subscribers(path, KEYS).forget(2, NOW)
    assert merge(path, KEYS, [(2, line("BO@example.org"))], VOWED) == Merged(held=1)


def test_without_a_vow_nobody_is_confirmed(path: Path) -> None:
    lines = [(2, line("ana@example.org")), (3, line("bo@example.org", "unconfirmed"))]
    assert merge(path, KEYS, lines, UNVOWED) == Merged(added=2)
    assert states(path) == {"ana": "unconfirmed", "bo": "unconfirmed"}
    assert merge(path, KEYS, lines, VOWED) == Merged(changed=1, same=1)
    assert states(path) == {"ana": "confirmed", "bo": "unconfirmed"}
    more = [(2, line("ana@example.org", "confirmed", "weekly"))]
    assert merge(path, KEYS, more, UNVOWED) == Merged(same=1)
    assert merge(path, KEYS, more, VOWED) == Merged(changed=1)
    found = Roster(path).find("ana@example.org")
    assert found and found.newsletters == ("daily", "weekly")


@pytest.mark.parametrize("word", ["unsubscribed", "bounced", "complained"])
def test_nobody_is_brought_back(path: Path, word: State) -> None:
    readers = Subscribers(path, OLD)
    number = readers.add(line("ana@example.org").newcomer, COMMAND, confirmed=True).id
    readers.silence(number, word, replace(COMMAND, act="bounced"))
    gone = readers.add(line("bo@example.org").newcomer, COMMAND, confirmed=True).id
    readers.forget(gone, NOW)
    readers.suppress(read_address("trap@example.org"), "manual", COMMAND)
    names = ("ANA@example.org", "bo@example.org", "trap@example.org", "new@example.org")
    lines = [(at, line(name)) for at, name in enumerate(names, 2)]
    assert merge(path, KEYS, lines, VOWED) == Merged(added=1, held=3)
    assert states(path) == {"ana": word, "new": "confirmed"}
    readers.ask(line("trap@example.org").newcomer, replace(COMMAND, act="asked"))
    assert merge(path, KEYS, lines, VOWED) == Merged(same=1, held=3)
    assert states(path) == {"ana": word, "new": "confirmed", "trap": "unconfirmed"}


def test_who_left_one_newsletter_is_not_subscribed_to_it_again(path: Path) -> None:
    readers = Subscribers(path, KEYS)
    both = line("ana@example.org", "confirmed", "daily", "weekly")
    number = readers.add(both.newcomer, COMMAND, confirmed=True).id
    readers.unsubscribe(number, replace(COMMAND, act="unsubscribed"), "weekly")
    assert merge(path, KEYS, [(2, both)], VOWED) == Merged(same=1)
    found = Roster(path).get(number)
    assert found and found.newsletters == ("daily",)


def test_the_list_knows_of_who_left(path: Path) -> None:
    lines = [(2, line("ana@example.org")), (3, line("bo@example.org"))]
    merge(path, KEYS, lines, VOWED)
    left = replace(line("ana@example.org", "unsubscribed"), left=THEN)
    assert merge(path, KEYS, [(2, left), (3, line("bo@example.org", "bounced"))], VOWED) == Merged(silenced=2)
    assert states(path) == {"ana": "unsubscribed", "bo": "bounced"}
    assert merge(path, KEYS, [(2, left)], VOWED) == Merged(held=1)
    Subscribers(path, KEYS).confirm(1, replace(COMMAND, newsletters=("daily",)))
    assert merge(path, KEYS, [(2, left)], VOWED) == Merged(same=1), "the reader came back after that"
    later = replace(left, left=NOW.replace(year=2027))
    assert merge(path, KEYS, [(2, later)], VOWED) == Merged(silenced=1)


def test_lines_about_one_reader_are_one(path: Path) -> None:
    first = replace(line("Ana@example.org", "confirmed", "weekly"), joined=NOW)
    second = line("ana@EXAMPLE.org", "confirmed", "daily")
    second = replace(second, newcomer=replace(second.newcomer, name="Ana", language="no"))
    lines = [(2, first), (3, second), (4, line("bo@example.org")), (5, line("bo@example.org", "complained"))]
    assert merge(path, KEYS, lines, VOWED) == Merged(added=2, repeated=2)
    ana, bo = Roster(path).page(Choice())
    assert (ana.address, ana.name, ana.language) == ("Ana@example.org", "Ana", "no")
    assert (ana.newsletters, ana.joined) == (("daily", "weekly"), THEN)
    assert bo.state == "complained"


def test_a_dry_run_counts_and_changes_nothing(path: Path) -> None:
    lines = [(2, line("ana@example.org")), (3, line("bo@example.org"))]
    assert merge(path, KEYS, lines, VOWED, dry_run=True) == Merged(added=2)
    assert not path.exists()
    merge(path, KEYS, lines[:1], VOWED)
    assert merge(path, KEYS, lines, VOWED, dry_run=True) == Merged(added=1, same=1)
    assert states(path) == {"ana": "confirmed"}


def test_an_error_on_the_way_leaves_everything_as_it_was(path: Path) -> None:
    def broken() -> Iterator[tuple[int, Listed]]:
        yield 2, line("ana@example.org")
        raise PublishError("readers.csv:3", "this is no UTF-8")

    with pytest.raises(PublishError, match="no UTF-8"):
        merge(path, KEYS, broken(), VOWED)
    assert states(path) == {}


def test_others_may_write_while_a_list_is_read(path: Path) -> None:
    readers = Subscribers(path, KEYS)

    def slow() -> Iterator[tuple[int, Listed]]:
        yield 2, line("ana@example.org")
        readers.add(line("bo@example.org").newcomer, COMMAND, confirmed=True)
        yield 3, line("bo@example.org", "confirmed", "weekly")

    assert merge(path, KEYS, slow(), VOWED) == Merged(added=1, changed=1)
    found = Roster(path).find("bo@example.org")
    assert found and found.newsletters == ("daily", "weekly")
