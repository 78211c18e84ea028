"""The readers in the ledger as one looks at them: one, a page of many, all in a row, counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.audience.subscriber import Consent, State, Subscriber
from publisher.store import reader_rows as rows
from publisher.store.ledger_file import exists
from publisher.store.transactions import reading


@dataclass(frozen=True, slots=True)
class Choice:
    """Which readers: all that fit everything that is given. `contains` is a part of the address."""

    state: State | None = None
    newsletter: str = ""
    language: str = ""
    contains: str = ""


class Roster:
    """The readers in the ledger at `path`, which need not be there. Reading never makes it, nor waits.

    Raises PublishError for a ledger that is damaged or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, mailbox: str) -> Subscriber | None:
        """The reader whose address has this form (`Address.mailbox`)."""
        if not exists(self._path):
            return None
        with reading(self._path) as db:
            return rows.by_mailbox(db, mailbox)

    def get(self, number: int) -> Subscriber | None:
        """The reader with this id."""
        if not exists(self._path):
            return None
        with reading(self._path) as db:
            return rows.by_id(db, number)

    def consents(self, number: int) -> tuple[Consent, ...]:
        """What the reader agreed to and did, the oldest first."""
        if not exists(self._path):
            return ()
        with reading(self._path) as db:
            return rows.consents(db, number)

    def page(self, choice: Choice, after: int = 0, limit: int = 50) -> tuple[Subscriber, ...]:
        """The first `limit` readers with an id above `after`, by id."""
        if not exists(self._path):
            return ()
        with reading(self._path) as db:
            query, values = _query(choice)
            found = db.execute(f"{query} AND s.id > ? ORDER BY s.id LIMIT ?", [*values, after, limit])
            return tuple(map(rows.subscriber, found))

    def each(self, choice: Choice) -> Iterator[tuple[Subscriber, Consent | None]]:
        """All readers by id, as they are at this moment, each with the latest record but of mere changes."""
        if not exists(self._path):
            return
        with reading(self._path) as db:
            query, values = _query(choice)
            for row in db.execute(f"{query} ORDER BY s.id", values):
                yield rows.subscriber(row), rows.agreement(db, row[0])


def _query(choice: Choice) -> tuple[str, list[str]]:
    """A statement that ends in a condition, and its values."""
    table, values = "subscribers s", []
    conditions = ["1"]
    if choice.newsletter:
        table = "subscriptions n CROSS JOIN subscribers s ON s.id = n.subscriber AND n.newsletter = ?"
        values.append(choice.newsletter)
    for condition, value in (
        ("s.state = ?", choice.state or ""),
        ("s.language = ?", choice.language),
        ("instr(s.mailbox, lower(?))", choice.contains),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    return f"SELECT {rows.COLUMNS} FROM {table} WHERE {' AND '.join(conditions)}", values  # noqa: S608
