"""The readers in the ledger as one looks at them: one, a page of many, all in a row, counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.audience.subscriber import SILENT, Consent, State, Subscriber
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A reader with the latest record of why mail may go there, and of why none may, if none does.

    `departed`: the newsletters that the reader chose to leave.
    """

    subscriber: Subscriber
    agreed: Consent | None
    left: Consent | None
    departed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """An issue by newsletter and local date, what became of its mail, and when (both dates ISO 8601)."""

    newsletter: str
    day: str
    state: str
    at: str


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
            return tuple(map(rows.subscriber, db.execute(*_query(choice, after, limit))))

    def each(self, choice: Choice) -> Iterator[Entry]:
        """All readers by id, as they are at this moment."""
        if not exists(self._path):
            return
        with reading(self._path) as db:
            for row in db.execute(*_query(choice)):
                found = rows.subscriber(row)
                left = rows.farewell(db, found.id) if found.state in SILENT else None
                departed = tuple(sorted(rows.left(db, found.id)))
                yield Entry(found, rows.agreement(db, found.id), left, departed)

    def newsletters(self) -> tuple[str, ...]:
        """The newsletters that anybody reads, or that ever had an issue, in alphabetical order."""
        if not exists(self._path):
            return ()
        with reading(self._path) as db:
            found = db.execute("SELECT newsletter FROM subscriptions UNION SELECT newsletter FROM issues")
            return tuple(sorted(name for (name,) in found))

    def received(self, number: int) -> tuple[Received, ...]:
        """What was sent to a reader, or was to be, the oldest first."""
        if not exists(self._path):
            return ()
        with reading(self._path) as db:
            found = db.execute(
                "SELECT i.newsletter, i.day, d.state, d.at FROM deliveries d JOIN issues i ON i.id = d.issue"
                " WHERE d.subscriber = ? ORDER BY i.day, i.newsletter",
                [number],
            )
            return tuple(Received(*row) for row in found)


def _query(choice: Choice, after: int = 0, limit: int = -1) -> tuple[str, dict[str, str | int]]:
    """A statement and its values. A newsletter's readers are walked along its own index."""
    table, number = "subscribers s", "s.id"
    conditions = {"state": "s.state = :state", "language": "s.language = :language"}
    conditions["contains"] = "instr(s.mailbox, :contains)"
    if choice.newsletter:
        table, number = "subscriptions n CROSS JOIN subscribers s ON s.id = n.subscriber", "n.subscriber"
        conditions["newsletter"] = "n.newsletter = :newsletter"
    values = {"state": choice.state or "", "language": choice.language, "newsletter": choice.newsletter}
    values["contains"] = choice.contains.lower()
    where = " AND ".join(
        [f"{number} > :after", *(conditions[name] for name, value in values.items() if value)]
    )
    statement = f"SELECT {rows.COLUMNS} FROM {table} WHERE {where} ORDER BY {number} LIMIT :limit"  # noqa: S608
    return statement, {**values, "after": after, "limit": limit}
