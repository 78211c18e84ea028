"""A reader and a purpose -> the token in a link, and back. It cannot be made up.

27 bytes as 36 characters of URL-safe base64: key id (1), reader (6), minute of making (4), proof (16).
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from publisher.audience.keys import PROOF, Keys

Purpose = str  # CONFIRM, PREFERENCES, or `leaving` a newsletter
CONFIRM, PREFERENCES = "confirm", "preferences"
TOKEN = 36  # characters of every token


def leaving(newsletter: str) -> Purpose:
    """The purpose of a link that leaves this newsletter: its token leaves no other."""
    return f"unsubscribe {newsletter}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine token says: whose it is, and when it was made (aware, to the minute)."""

    subscriber: int
    made: datetime


def make_token(keys: Keys, purpose: Purpose, subscriber: int, made: datetime) -> str:
    """The token of one reader for one purpose. `made` is aware; it does not expire by itself."""
    minute = int(made.timestamp()) // 60
    body = keys.current.encode("ascii") + subscriber.to_bytes(6) + minute.to_bytes(4)
    return urlsafe_b64encode(body + keys.prove(purpose, body)).decode("ascii")


def read_token(keys: Keys, purpose: Purpose, token: str) -> Claim | None:
    """What the token says; None where it was not made by `make_token` for this purpose."""
    if len(token) != TOKEN or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token)
    except binascii.Error:
        return None
    body, proof = raw[:-PROOF], raw[-PROOF:]
    # Only one spelling of a token is one: base64 decoders skip what they do not know.
    if urlsafe_b64encode(raw).decode("ascii") != token:
        return None
    if not keys.proves(purpose, body, proof, body[:1].decode("latin-1")):
        return None
    minute = int.from_bytes(body[7:11])
    return Claim(int.from_bytes(body[1:7]), datetime.fromtimestamp(minute * 60, UTC))
