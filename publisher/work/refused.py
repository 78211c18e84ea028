"""Mails that a relay refused for good -> the evidence with their readers, and what it means for them.

What a relay says while it is sent to is proven by the connection itself. Only an enhanced status (RFC 3463)
counts, and only where its words do not contradict it: as for bounces that come by mail (S13), hard, soft and
policy alike.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned
from publisher.bounces.soft import Patience
from publisher.bounces.status import judge
from publisher.bounces.verdict import Failure, Verdict, one_line
from publisher.settings import BounceSettings
from publisher.store.bouncing import Bounces
from publisher.store.deliveries import Trouble, taken_by, troubles
from publisher.work.accounts import Account

_MANY = 20  # refusals from which on a relay has to have taken more than it refused
Refused = tuple[Trouble, Failure]


def record_refused(
    db: sqlite3.Connection, accounts: Iterable[Account], keys: Keys, settings: BounceSettings
) -> Iterator[str]:
    """Counts them, whatever run it was that tried; a remark for each relay that is not believed.

    A relay that knows nobody at all is set up wrongly: it would cost every reader. Policy says nothing of
    readers, so it is always counted. The same refusal counts once: who confirmed again since stays a reader.
    """
    patience = Patience(settings.soft_count, settings.soft_days, settings.soft_memory)
    bounces = Bounces(db, keys, patience)
    for each in accounts:
        taken, found = taken_by(db, each.issue.id), _by_relay(db, each.issue.id)
        for relay, refused in found.items():
            of_readers = sum(kind != "policy" for _, kind in refused)
            believed = _is_believed(of_readers, taken.get(relay, 0))
            if of_readers and not believed:
                yield _doubt(relay, taken.get(relay, 0), of_readers)
            for trouble, kind in refused:
                if believed or kind == "policy":
                    bounces.record(_verdict(each.issue.id, trouble, kind), "send", _moment(trouble))


def _by_relay(db: sqlite3.Connection, issue: int) -> dict[str, list[Refused]]:
    """Also those that were put off until they were given up: their code is of 400."""
    found: dict[str, list[Refused]] = {}
    for trouble in troubles(db, issue, ("failed",)):
        if trouble.code >= 400 and trouble.status:
            kind = judge(trouble.status, trouble.reply)
            found.setdefault(trouble.relay, []).append((trouble, kind))
    return found


def _is_believed(refused: int, taken: int) -> bool:
    return taken > (refused if refused >= _MANY else 0)


def _doubt(relay: str, taken: int, refused: int) -> str:
    counts = f"took {taken:,} mails, and refuses {refused:,} because of their readers"
    return f"relay {relay} {counts}: nothing was counted against them; is it set up for sending?"


def _verdict(issue: int, trouble: Trouble, kind: Failure) -> Verdict:
    """The source is that of a bounce of this mail: one delivery fails once, by whatever way it is told."""
    of, at = Returned(issue, trouble.subscriber), _moment(trouble)
    said = one_line(f"{trouble.code} {trouble.reply}")
    return Verdict(kind, of, trouble.status, said, f"issue {issue}", at)


def _moment(trouble: Trouble) -> datetime:
    with suppress(ValueError):
        return datetime.fromisoformat(trouble.at)
    return datetime.fromtimestamp(0, UTC)
