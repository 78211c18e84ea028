"""Any sequence of acts leaves the ledger as a model of twenty lines says, and mail goes to nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.listed import Listed
from publisher.audience.subscriber import Act, Change, Consent, Newcomer, State
from publisher.errors import PublishError
from publisher.store.intake import Vow, merge
from publisher.store.roster import Choice, Roster
from publisher.store.subscribers import Subscribers

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
KEYS = Keys("a", {"a": bytes(32)})
RANKS: tuple[State, ...] = ("unconfirmed", "confirmed", "bounced", "unsubscribed", "complained")
PEOPLE = ("ana@example.org", "bo@example.org")


@dataclass
class Person:
    """What the model knows of a reader."""

    state: State
    chosen: set[str]
    left: set[str] = field(default_factory=set)

    @property
    def silent(self) -> bool:
        return RANKS.index(self.state) > 1

    def silence(self, state: State) -> None:
        if state == "unsubscribed":
            self.left |= self.chosen
            self.chosen = set()
        self.state = max(self.state, state, key=RANKS.index)


class Model:
    """What should be; each act is that of `Subscribers` in a few words."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.marked: set[str] = set()

    def ask(self, who: str, names: set[str]) -> None:
        person = self.people.setdefault(who, Person("unconfirmed", set()))
        if person.state != "confirmed":
            person.chosen |= names

    def add(self, who: str, names: set[str], confirmed: bool) -> None:
        person = self.people.get(who)
        if who in self.marked or (person and (person.silent or person.left & names)):
            return
        if person is None or person.state != "confirmed" or confirmed:
            state: State = "confirmed" if confirmed else "unconfirmed"
            self.people[who] = Person(state, names | (person.chosen if person else set()))
            self.people[who].left = person.left if person else set()

    def imported(self, who: str, names: set[str], state: State, confirmed: bool) -> None:
        rank = 0 if state == "confirmed" and not confirmed else RANKS.index(state)
        person = self.people.get(who)
        if person is None:
            if who not in self.marked:
                chosen = set() if state == "unsubscribed" else names
                self.people[who] = Person(RANKS[rank], set(chosen))
                self.marked |= {who} if rank > 1 else set()
        elif rank > 1:
            if rank > RANKS.index(person.state):
                person.silence(state)
                self.marked.add(who)
        elif who not in self.marked and not person.silent and rank >= RANKS.index(person.state):
            person.chosen |= names - person.left
            person.state = RANKS[rank]

    def confirm(self, who: str, names: set[str]) -> None:
        if person := self.people.get(who):
            if person.state == "confirmed" and names <= person.chosen:
                return
            person.state = "confirmed"
            person.chosen |= names
            person.left -= person.chosen
            self.marked.discard(who)

    def unsubscribe(self, who: str, name: str) -> None:
        person = self.people.get(who)
        if person and (not name or name in person.chosen):
            gone = {name} if name else set(person.chosen)
            if gone == person.chosen:
                self.silence(who, "unsubscribed")
            person.chosen -= gone
            person.left |= gone

    def silence(self, who: str, state: State) -> None:
        if person := self.people.get(who):
            person.silence(state)
            self.marked.add(who)

    def change(self, who: str, names: set[str]) -> None:
        if person := self.people.get(who):
            gone, new = person.chosen - names, names - person.chosen
            person.left = (person.left | gone) - new
            person.chosen = set(names)
            if gone and not names:
                self.silence(who, "unsubscribed")

    def forget(self, who: str, leave_mark: bool) -> None:
        if self.people.pop(who, None):
            (self.marked.add if leave_mark else self.marked.discard)(who)


def said(act: Act, *names: str) -> Consent:
    return Consent(NOW, act, "test", newsletters=names)


class Real:
    """The same acts on a ledger."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.readers = Subscribers(path, KEYS)

    def number(self, who: str) -> int:
        found = Roster(self.path).find(who)
        return found.id if found else 0

    def ask(self, who: str, names: set[str]) -> None:
        self.readers.ask(Newcomer(read_address(who), tuple(names)), said("asked"))

    def add(self, who: str, names: set[str], confirmed: bool) -> None:
        newcomer = Newcomer(read_address(who), tuple(names))
        try:
            self.readers.add(newcomer, said("imported"), confirmed=confirmed)
        except PublishError:
            return

    def imported(self, who: str, names: set[str], state: State, confirmed: bool) -> None:
        newcomer = Newcomer(read_address(who), tuple(names))
        vow = Vow("a.csv", NOW, confirmed, "yes" if confirmed else "")
        # What it says of who left is newer than all else.
        left = NOW.replace(year=2027) if state in RANKS[2:] else None
        merge(self.path, KEYS, [(2, Listed(newcomer, state, None, None, left))], vow)

    def confirm(self, who: str, names: set[str]) -> None:
        self.readers.confirm(self.number(who), said("confirmed", *names))

    def unsubscribe(self, who: str, name: str) -> None:
        self.readers.unsubscribe(self.number(who), said("unsubscribed"), name)

    def silence(self, who: str, state: State) -> None:
        self.readers.silence(self.number(who), state, said("bounced"))

    def change(self, who: str, names: set[str]) -> None:
        self.readers.change(self.number(who), Change(newsletters=tuple(names)), said("changed"))

    def forget(self, who: str, leave_mark: bool) -> None:
        self.readers.forget(self.number(who), NOW, leave_mark=leave_mark)


def state_of(real: Real) -> dict[str, tuple[str, set[str], set[str]]]:
    return {
        each.subscriber.mailbox: (each.subscriber.state, {*each.subscriber.newsletters}, {*each.departed})
        for each in Roster(real.path).each(Choice())
    }


people = st.sampled_from(PEOPLE)
chosen = st.sets(st.sampled_from(("daily", "weekly")), min_size=1)
silent = st.sampled_from(RANKS[2:])
steps: st.SearchStrategy[tuple[str, tuple[object, ...]]] = st.one_of(
    st.tuples(st.just("ask"), st.tuples(people, chosen)),
    st.tuples(st.just("add"), st.tuples(people, chosen, st.booleans())),
    st.tuples(st.just("imported"), st.tuples(people, chosen, st.sampled_from(RANKS), st.booleans())),
    st.tuples(st.just("confirm"), st.tuples(people, chosen)),
    st.tuples(st.just("unsubscribe"), st.tuples(people, st.sampled_from(("", "daily", "weekly")))),
    st.tuples(st.just("silence"), st.tuples(people, silent)),
    st.tuples(st.just("change"), st.tuples(people, st.sets(st.sampled_from(("daily", "weekly"))))),
    st.tuples(st.just("forget"), st.tuples(people, st.booleans())),
)


@contextmanager
def ledger() -> Iterator[Real]:
    with TemporaryDirectory() as folder:
        yield Real(Path(folder) / "ledger.sqlite")


@given(st.lists(steps, max_size=8))
@settings(max_examples=20, deadline=None)
def test_any_sequence_of_acts(sequence: list[tuple[str, tuple[object, ...]]]) -> None:
    model = Model()
    with ledger() as real:
        for name, arguments in sequence:
            getattr(model, name)(*arguments)
            getattr(real, name)(*arguments)
        expected = {who: (p.state, p.chosen, p.left) for who, p in model.people.items()}
        assert state_of(real) == expected
        for who in PEOPLE:
            asked = real.readers.ask(Newcomer(read_address(who), ("daily",)), said("asked"))
            assert (asked.suppressed is not None) == (who in model.marked)
