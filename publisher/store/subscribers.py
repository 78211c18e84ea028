"""What a reader does, or has done, in; the reader as the ledger has it from then on out.

Each act is one short transaction with its record of consent: of two programs that act on one reader at
once, neither's change is lost. Whoever does not want mail is suppressed, too (`store.suppressions`), and
comes back only by the own act of confirming.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publisher.audience.keys import Keys
from publisher.audience.subscriber import (
    SILENT,
    Address,
    Change,
    Consent,
    Newcomer,
    Reason,
    State,
    Subscriber,
)
from publisher.errors import PublishError
from publisher.store import reader_rows as rows
from publisher.store import suppressions
from publisher.store.ledger_file import exists
from publisher.store.silencing import REASONS, silence
from publisher.store.transactions import forget_log, reading, writing

_STATES: dict[Reason, State] = {reason: state for state, reason in REASONS.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked to become a reader; `suppressed`: why nothing went there before, None where it might."""

    subscriber: Subscriber
    suppressed: Reason | None


class Subscribers:
    """The readers in the ledger at `path`; `keys` make the marks of those who want no mail.

    Every act raises PublishError for a ledger that is damaged or cannot be written, and Locked when
    another program keeps it for more than half a minute. Acts on an `id` that was forgotten return None.
    """

    def __init__(self, path: Path, keys: Keys) -> None:
        self._path = path
        self._keys = keys

    def ask(self, newcomer: Newcomer, consent: Consent) -> Asked:
        """Somebody, perhaps not the reader, asks that mail goes there: none does before `confirm`.

        A confirmed reader stays unchanged; to all others the newsletters are added, for when they confirm.
        """
        with writing(self._path) as db:
            return ask(db, self._keys, newcomer, consent)

    def add(self, newcomer: Newcomer, consent: Consent, *, confirmed: bool) -> Subscriber:
        """The publication adds a reader. `confirmed`: it can prove that the reader agreed, as `consent` says.

        Who is confirmed already gets more newsletters only by proof. Raises PublishError for one who wanted
        no more mail, or left one of these newsletters.
        """
        with writing(self._path) as db:
            known = rows.by_mailbox(db, newcomer.address.mailbox)
            self._refuse_silent(db, known, newcomer)
            state: State = "confirmed" if confirmed else "unconfirmed"
            if known is None:
                number = rows.insert(db, newcomer, state, consent.at)
            elif known.state == "confirmed" and not confirmed:
                return known
            else:
                number = known.id
                rows.join(db, number, newcomer.newsletters)
                rows.fill(db, number, newcomer)
                rows.enter(db, number, state)
            rows.record(db, number, consent, newcomer.newsletters)
            return _there(db, number)

    def confirm(self, number: int, consent: Consent) -> Subscriber | None:
        """The reader agrees: to what was asked for, and to the consent's newsletters besides.

        It lifts everything that kept mail away; twice is once.
        """
        with writing(self._path) as db:
            known = rows.by_id(db, number)
            if known is None:
                return None
            wanted = {*known.newsletters, *consent.newsletters}
            if known.state == "confirmed" and wanted == set(known.newsletters):
                return known
            suppressions.lift(db, self._keys, known.mailbox)
            rows.join(db, number, wanted)
            rows.come_back(db, number, wanted)
            rows.enter(db, number, "confirmed")
            rows.record(db, number, consent, wanted)
            return _there(db, number)

    def unsubscribe(self, number: int, consent: Consent, newsletter: str = "") -> Subscriber | None:
        """The reader leaves one newsletter, or all. Who leaves the last has left all; twice is once."""
        with writing(self._path) as db:
            known = rows.by_id(db, number)
            if known is None or (newsletter and newsletter not in known.newsletters):
                return known
            leaving = (newsletter,) if newsletter else known.newsletters
            if set(leaving) == set(known.newsletters):
                self._silence(db, known, "unsubscribed", consent)
            else:
                rows.leave(db, number, leaving)
                rows.record(db, number, consent, leaving)
            return _there(db, number)

    def silence(self, number: int, state: State, consent: Consent) -> Subscriber | None:
        """Mail to the reader `bounced` for good, or was `complained` of. A stronger word stays."""
        with writing(self._path) as db:
            if known := rows.by_id(db, number):
                self._silence(db, known, state, consent)
            return rows.by_id(db, number)

    def change(self, number: int, change: Change, consent: Consent) -> Subscriber | None:
        """The reader changes name, language, time zone, newsletters: to want none is to unsubscribe.

        It does not bring back one who gets no mail: that takes `confirm`.
        """
        with writing(self._path) as db:
            known = rows.by_id(db, number)
            if known is None:
                return None
            wanted = known.newsletters if change.newsletters is None else change.newsletters
            rows.alter(db, number, change)
            gone, new = set(known.newsletters) - set(wanted), set(wanted) - set(known.newsletters)
            rows.leave(db, number, gone)
            rows.join(db, number, new)
            rows.come_back(db, number, new)
            now = _there(db, number)
            if now != known:
                rows.record(db, number, consent, gone | new)
            if gone and not wanted:
                self._silence(db, now, "unsubscribed", consent)
            return _there(db, number)

    def forget(self, number: int, at: datetime, *, leave_mark: bool = True) -> bool:
        """Erases everything of a reader but the bare number in deliveries; False where there is none.

        `leave_mark`: the keyed hash stays, so that no import brings the reader back.
        """
        with writing(self._path) as db:
            known = rows.by_id(db, number)
            if known is None:
                return False
            reason = suppressions.reason_of(db, self._keys, known.mailbox)
            if not leave_mark:
                suppressions.lift(db, self._keys, known.mailbox)
            elif reason is None:
                suppressions.suppress(db, self._keys, known.mailbox, "forgotten", at)
            db.execute("DELETE FROM signups WHERE mailbox = ?", [known.mailbox])
            db.execute("DELETE FROM subscribers WHERE id = ?", [number])
        forget_log(self._path)
        return True

    def suppress(self, address: Address, reason: Reason, consent: Consent) -> Subscriber | None:
        """Nothing goes there from now on, whether it is a reader's or not; the reader, if it is."""
        with writing(self._path) as db:
            known = rows.by_mailbox(db, address.mailbox)
            if known:
                self._silence(db, known, _STATES.get(reason, "unsubscribed"), consent)
            suppressions.suppress(db, self._keys, address.mailbox, reason, consent.at)
            return rows.by_id(db, known.id) if known else None

    def lift(self, address: Address) -> bool:
        """Takes the mark back; whether there was one. A reader who is there stays unchanged."""
        with writing(self._path) as db:
            return suppressions.lift(db, self._keys, address.mailbox)

    def suppressed(self, address: Address) -> Reason | None:
        """Why nothing may go there; None where something may."""
        if not exists(self._path):
            return None
        with reading(self._path) as db:
            return suppressions.reason_of(db, self._keys, address.mailbox)

    def _silence(self, db: sqlite3.Connection, known: Subscriber, state: State, consent: Consent) -> None:
        """A word no stronger than the one that holds changes subscriptions only."""
        if state == "unsubscribed":
            rows.leave(db, known.id, known.newsletters)
        silence(db, self._keys, known, state, consent)

    def _refuse_silent(self, db: sqlite3.Connection, known: Subscriber | None, newcomer: Newcomer) -> None:
        address, hint = newcomer.address.address, "only the reader can come back, by confirming"
        reason = suppressions.reason_of(db, self._keys, newcomer.address.mailbox)
        if word := known.state if known and known.state in SILENT else reason:
            raise PublishError(address, f"no mail may go there: {word}", hint)
        if known and (gone := rows.left(db, known.id) & set(newcomer.newsletters)):
            raise PublishError(address, f"has left {', '.join(sorted(gone))}", hint)


def ask(db: sqlite3.Connection, keys: Keys, newcomer: Newcomer, consent: Consent) -> Asked:
    """As `Subscribers.ask`, within the transaction of the caller."""
    reason = suppressions.reason_of(db, keys, newcomer.address.mailbox)
    known = rows.by_mailbox(db, newcomer.address.mailbox)
    if known and known.state == "confirmed":
        return Asked(known, reason)
    number = known.id if known else rows.insert(db, newcomer, "unconfirmed", consent.at)
    if known:
        rows.join(db, number, newcomer.newsletters)
        rows.fill(db, number, newcomer)
    rows.record(db, number, consent, newcomer.newsletters)
    return Asked(_there(db, number), reason)


def _there(db: sqlite3.Connection, number: int) -> Subscriber:
    found = rows.by_id(db, number)
    assert found is not None  # noqa: S101  (seen in the same transaction)
    return found
