"""The mails that went out by sign-ups, in -> whether one more may go (S07).

Only keyed hashes are kept, of the address and of its inbox: they outlive erasing, and older keys' go on
counting.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from publisher.audience.addresses import inbox_of
from publisher.audience.keys import Keys

_MARK = "invitation"
_DAY = 86_400
_EVER = 3  # to confirm, to one address
_MONTHLY = 5  # to one inbox, by whatever addresses


@dataclass(frozen=True, slots=True)
class Invitation:
    """A mail for the sign-up of this number; `purpose` as that has it."""

    signup: int
    purpose: str
    mailbox: str


def may_go(db: sqlite3.Connection, keys: Keys, mail: Invitation, now: datetime) -> bool:
    """One mail a day and five a month to an inbox; to confirm, three ever to an address."""
    marks = [keys.prove(_MARK, mail.mailbox.encode(), key) for key in keys.secrets]
    inboxes = [keys.prove(_MARK, inbox_of(mail.mailbox).encode(), key) for key in keys.secrets]
    places = ", ".join("?" * len(marks))
    found = db.execute(
        f"SELECT at, mark IN ({places}) FROM invitations"  # noqa: S608  (only ?)
        f" WHERE (mark IN ({places}) OR inbox IN ({places})) AND purpose = ? AND signup <> ?",
        [*marks, *marks, *inboxes, mail.purpose, mail.signup],
    ).fetchall()
    ages = [int(now.timestamp()) - int(at) for at, _ in found]
    if any(age < _DAY for age in ages) or sum(age < 30 * _DAY for age in ages) >= _MONTHLY:
        return False
    return mail.purpose != "confirm" or sum(own for _, own in found) < _EVER


def put_down(db: sqlite3.Connection, keys: Keys, mail: Invitation, now: datetime) -> None:
    """The mail goes out now; once more is the same mail."""
    mark, inbox = (keys.prove(_MARK, each.encode()) for each in (mail.mailbox, inbox_of(mail.mailbox)))
    row = (mail.signup, mail.purpose, mark, int(now.timestamp()), inbox)
    db.execute(
        "INSERT OR IGNORE INTO invitations (signup, purpose, mark, at, inbox) VALUES (?, ?, ?, ?, ?)", row
    )
