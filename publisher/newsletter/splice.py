"""A frozen mail and a reader in -> the mail to this reader out, by joining bytes.

Whatever is the reader's stands in the frozen mail as a mark (publisher/newsletter/marks.py). The same
arguments make the same bytes, so a mail that is sent again is the same mail.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from publisher.audience.keys import KEY_IDS, Keys
from publisher.newsletter import marks
from publisher.newsletter.mailbox import mailbox, reader_mailbox

_PURPOSE = "message-id"
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+>")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{36}")
_MARK = re.compile(
    b"("
    + b"|".join((marks.ADDRESS, marks.MESSAGE_ID, marks.DATE, marks.UNSUBSCRIBE, marks.PREFERENCES))
    + b")"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a mail goes. `token` (to unsubscribe) and `preferences` are tokens of 36 characters.

    `message_id` has its angle brackets, `date` has a zone.
    """

    address: str
    token: str
    message_id: str
    date: datetime
    preferences: str


SAMPLE = Reader(
    "reader@example.com",
    "Sample_token-of_a-reader-0123456789a",
    "<sample@example.com>",
    datetime(2026, 3, 1, 12, tzinfo=UTC),
    "Another-sample_token-0123456789abcde",
)


def specimen(address: str, sender: str, date: datetime) -> Reader:
    """A reader for mails to look at: the id is of the domain of `sender` (in From), the links are nobody's.

    Raises PublishError for a sender that is none.
    """
    host = mailbox(sender, "[newsletter] sender").rpartition("@")[2]
    return replace(SAMPLE, address=address, message_id=f"<specimen.{date:%Y%m%d}@{host}>", date=date)


def splice(message: bytes, reader: Reader) -> bytes:
    """The frozen mail as `reader` gets it: CRLF, no line over 998 octets, ASCII but for SMTPUTF8 addresses.

    Raises PublishError for an address that cannot stand in a header, ValueError for a token, Message-ID or
    date that is none: the caller made those.
    """
    pieces = list(_pieces(message))
    values = values_of(reader)
    pieces[1::2] = [values[mark] for mark in pieces[1::2]]
    return b"".join(pieces)


def message_id(keys: Keys, issue_id: int, subscriber_id: int, domain: str) -> str:
    """`<proof@domain>`, one per issue and reader: a mail that is sent again is the same mail to his server.

    It is made with the oldest secret, so a new one between two tries changes nothing. Filters know groups of
    eight hexadecimal digits from honest programs, long runs of letters from others.
    """
    oldest = min(keys.secrets, key=KEY_IDS.index)
    proof = keys.prove(_PURPOSE, f"{issue_id}.{subscriber_id}".encode(), oldest)
    return f"<{proof.hex('.', 4)}@{domain}>"


@lru_cache(maxsize=4)
def _pieces(message: bytes) -> tuple[bytes, ...]:
    """What is the same for all, and between the marks in turn. Remembered: a run sends few issues."""
    return tuple(_MARK.split(message))


def values_of(reader: Reader) -> dict[bytes, bytes]:
    """What takes the place of each mark. Raises as `splice` does."""
    fine = _TOKEN.fullmatch(reader.token) and _TOKEN.fullmatch(reader.preferences)
    if not fine or not _MESSAGE_ID.fullmatch(reader.message_id) or reader.date.tzinfo is None:
        raise ValueError(f"a token, Message-ID or date of {reader!r} cannot stand in a mail")
    return {
        marks.ADDRESS: reader_mailbox(reader.address).encode(),
        marks.MESSAGE_ID: reader.message_id.encode("ascii"),
        marks.DATE: format_datetime(reader.date).encode("ascii"),
        marks.UNSUBSCRIBE: reader.token.encode("ascii"),
        marks.PREFERENCES: reader.preferences.encode("ascii"),
    }
