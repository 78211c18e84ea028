"""A mail and its reader -> the sender on its envelope, to which bounces go; and back (VERP).

`b+12.345.6kq…@bounces.example.org`: issue, reader and a proof, so that nobody can bounce for another.
"""

import re
from base64 import b32encode
from dataclasses import dataclass
from hmac import compare_digest

from publisher.audience.keys import Keys

# Lower case letters and digits survive what servers do to the local part of an address.
_SENDER = re.compile(r"b\+([0-9]{1,15})\.([0-9]{1,15})\.([a-z0-9])([a-z2-7]{16})@", re.IGNORECASE)
_PURPOSE = "bounce"


@dataclass(frozen=True, slots=True)
class Returned:
    """Whose mail came back: the ids of issue and reader in the ledger. Issue 0: no issue's mail."""

    issue: int
    subscriber: int


def envelope_sender(keys: Keys, issue: int, subscriber: int, domain: str) -> str:
    """The address that the mail's bounces go to."""
    return f"b+{issue}.{subscriber}.{keys.current}{_proof(keys, issue, subscriber, keys.current)}@{domain}"


def read_sender(keys: Keys, address: str) -> Returned | None:
    """The mail that was sent with this envelope sender; None for an address that we did not make."""
    found = _SENDER.match(address.strip("<> "))
    if not found:
        return None
    issue, subscriber, key, proof = int(found[1]), int(found[2]), found[3].lower(), found[4].lower()
    if key not in keys.secrets or not compare_digest(_proof(keys, issue, subscriber, key), proof):
        return None
    return Returned(issue, subscriber)


def _proof(keys: Keys, issue: int, subscriber: int, key: str) -> str:
    """80 bits, enough for what can be tried by mail only."""
    return b32encode(keys.prove(_PURPOSE, f"{issue}.{subscriber}".encode(), key)[:10]).decode("ascii").lower()
