"""The readers in the ledger, counted: by state, newsletter, language and month."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from publisher.audience.subscriber import State
from publisher.store.ledger_file import exists
from publisher.store.transactions import reading

_STATES = "SELECT state, count(*) FROM subscribers GROUP BY state"
_NEWSLETTERS = """
    SELECT n.newsletter, count(*) FROM subscriptions n JOIN subscribers s ON s.id = n.subscriber
    WHERE s.state = 'confirmed' GROUP BY n.newsletter ORDER BY n.newsletter
"""
_LANGUAGES = """
    SELECT language, count(*) FROM subscribers WHERE state = 'confirmed'
    GROUP BY language ORDER BY count(*) DESC, language
"""
_JOINED = "SELECT substr(joined, 1, 7), count(*) FROM subscribers GROUP BY 1"
_LEFT = """
    SELECT substr(at, 1, 7), count(DISTINCT subscriber) FROM consents
    WHERE act IN ('unsubscribed', 'bounced', 'complained') GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Month:
    """`month` is `2026-11`, in UTC; how many became readers in it, and how many ceased to be."""

    month: str
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class Census:
    """`states` has every state; newsletters and languages count who gets mail; months, the oldest first.

    `suppressed` are the mailboxes where nothing may go, forgotten ones included. Who was forgotten is in no
    other number.
    """

    states: Mapping[State, int]
    newsletters: Mapping[str, int]
    languages: Mapping[str, int]
    suppressed: int
    months: tuple[Month, ...]


def count(path: Path) -> Census:
    """Raises PublishError for a ledger that is damaged or cannot be read."""
    nobody = dict.fromkeys(get_args(State), 0)
    if not exists(path):
        return Census(nobody, {}, {}, 0, ())
    with reading(path) as db:
        joined, left = dict(db.execute(_JOINED)), dict(db.execute(_LEFT))
        ((suppressed,),) = db.execute("SELECT count(*) FROM suppressions").fetchall()
        return Census(
            nobody | dict(db.execute(_STATES)),
            dict(db.execute(_NEWSLETTERS)),
            dict(db.execute(_LANGUAGES)),
            suppressed,
            tuple(Month(each, joined.get(each, 0), left.get(each, 0)) for each in sorted({*joined, *left})),
        )
