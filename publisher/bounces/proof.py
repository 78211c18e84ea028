"""A mail's parts -> whose mail came back, by the MAC in its envelope sender (VERP).

For a complaint alone the token in our mail's link to leave will do, too: who holds it could leave with it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from publisher.audience.keys import Keys
from publisher.audience.tokens import TOKEN, read_token
from publisher.audience.verp import Returned, read_sender
from publisher.bounces.complaint import feedback_fields
from publisher.bounces.mime import Mail, Part, read_fields

# Where servers write to whom a mail was addressed on its envelope, the surest first.
_TO = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcpt-to",
    "original-recipient",
    "to",
)
# And from whom the mail was that they send back.
_FROM = (
    "return-path",
    "x-return-path",
    "x-envelope-from",
    "envelope-from",
    "x-mailfrom",
    "original-mail-from",
)
_SENDER = re.compile(r"b\+[0-9]{1,15}\.[0-9]{1,15}\.[a-z0-9][a-z2-7]{16}@[\w.-]{1,255}", re.IGNORECASE)
_TOKEN = re.compile(rf"(?<![\w-])[\w-]{{{TOKEN}}}(?![\w-])", re.ASCII)
_TRIES = 50
_HEADERS = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")


def find_proof(mail: Mail, keys: Keys, recipients: tuple[str, ...] = ()) -> Returned | None:
    """The mail of ours that this one is about, proven; None for one that proves nothing.

    `recipients` are those of the envelope, if the caller knows them; then the header's fields that repeat
    them, then the sender of the mail that was returned.
    """
    for address in islice(_addresses(_places(mail, recipients)), _TRIES):
        if returned := read_sender(keys, address):
            return returned
    return None


def find_leaver(mail: Mail, keys: Keys) -> Returned | None:
    """The reader whose link to leave stands in the header of the mail that was returned (RFC 2369); or None.

    Services that pass complaints on take the envelope sender out, but leave the header as it was.
    """
    values = (value for part in mail.parts[1:] for key, value in _fields(part) if key == "list-unsubscribe")
    tokens = (found[0] for value in values for found in _TOKEN.finditer(value))
    claims = (read_token(keys, "unsubscribe", token) for token in islice(tokens, _TRIES))
    return next((Returned(0, claim.subscriber) for claim in claims if claim), None)


def _addresses(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (found[0] for found in _SENDER.finditer(value))


def _places(mail: Mail, recipients: tuple[str, ...]) -> Iterator[str]:
    yield from recipients
    for name in _TO:
        yield from mail.top.all(name)
    for part in mail.parts[1:]:
        for name in _FROM:
            yield from (value for key, value in _fields(part) if key == name)


def _fields(part: Part) -> tuple[tuple[str, str], ...]:
    """A part's header; of one that is the header of our mail, or a report's fields, those."""
    if part.kind == "message/feedback-report":
        return feedback_fields(part)
    return read_fields(part.body) if part.kind in _HEADERS else part.fields
