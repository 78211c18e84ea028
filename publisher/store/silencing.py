"""A reader whom no more mail may reach -> the state, its record, and the mark that outlives them."""

import sqlite3

from publisher.audience.keys import Keys
from publisher.audience.subscriber import SILENT, Consent, Reason, State, Subscriber
from publisher.store import reader_rows as rows
from publisher.store import suppressions

# The states in which no mail goes out are reasons of the mark, too.
REASONS: dict[State, Reason] = {
    "bounced": "bounced",
    "unsubscribed": "unsubscribed",
    "complained": "complained",
}


def silence(db: sqlite3.Connection, keys: Keys, reader: Subscriber, state: State, consent: Consent) -> bool:
    """From now on the reader gets no mail, within the caller's transaction; False where nothing changes.

    A word as strong as this or stronger stays (SILENT).
    """
    if reader.state in SILENT and SILENT.index(reader.state) >= SILENT.index(state):
        return False
    rows.enter(db, reader.id, state)
    rows.record(db, reader.id, consent, reader.newsletters)
    suppressions.suppress(db, keys, reader.mailbox, REASONS[state], consent.at)
    return True
