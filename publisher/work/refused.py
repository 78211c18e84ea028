"""Mails that were refused because there is no such address -> their readers `bounced`, with the evidence.

What a relay says while it is sent to is proven by the connection itself. Only an enhanced status (RFC 3463)
counts, and only where its words do not contradict it: as for bounces that come by mail (S13).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned
from publisher.bounces.soft import Patience
from publisher.bounces.status import judge
from publisher.bounces.verdict import Verdict, one_line
from publisher.settings import BounceSettings
from publisher.store.bouncing import Bounces
from publisher.store.deliveries import Trouble, taken_by, troubles
from publisher.work.accounts import Account

_MANY = 20  # refusals from which on a relay has to have taken more than it refused
_PATIENCE = 30_000  # milliseconds; so long a large import may take to merge


def record_refused(
    db: sqlite3.Connection, accounts: Iterable[Account], keys: Keys, settings: BounceSettings
) -> Iterator[str]:
    """Marks the readers, whatever run it was that tried; a remark for each relay that is not believed.

    A relay that knows nobody at all is set up wrongly: it would cost every reader. The same refusal counts
    once, so who confirmed again since stays a reader.
    """
    patience = Patience(settings.soft_count, settings.soft_days, settings.soft_memory)
    bounces = Bounces(db, keys, patience)
    db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    for each in accounts:
        taken, found = taken_by(db, each.issue.id), _by_relay(db, each.issue.id)
        for relay, refused in found.items():
            if not _is_believed(len(refused), taken.get(relay, 0)):
                yield _doubt(relay, taken.get(relay, 0), len(refused))
                continue
            for trouble in refused:
                bounces.record(_verdict(each.issue.id, trouble), "send", _moment(trouble))


def _by_relay(db: sqlite3.Connection, issue: int) -> dict[str, list[Trouble]]:
    found: dict[str, list[Trouble]] = {}
    for trouble in troubles(db, issue, ("failed",)):
        if trouble.code >= 500 and trouble.status and judge(trouble.status, trouble.reply) == "hard":
            found.setdefault(trouble.relay, []).append(trouble)
    return found


def _is_believed(refused: int, taken: int) -> bool:
    return taken > (refused if refused >= _MANY else 0)


def _doubt(relay: str, taken: int, refused: int) -> str:
    counts = f"took {taken:,} mails, and says of {refused:,} that there is no such reader"
    return f"relay {relay} {counts}: nobody was marked as bounced; is it set up for sending?"


def _verdict(issue: int, trouble: Trouble) -> Verdict:
    """The source is that of a bounce of this mail: one delivery fails once, by whatever way it is told."""
    of, at = Returned(issue, trouble.subscriber), _moment(trouble)
    said = one_line(f"{trouble.code} {trouble.reply}")
    return Verdict("hard", of, trouble.status, said, f"issue {issue}", at)


def _moment(trouble: Trouble) -> datetime:
    with suppress(ValueError):
        return datetime.fromisoformat(trouble.at)
    return datetime.fromtimestamp(0, UTC)
