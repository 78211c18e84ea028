"""The values that a file of the site is made from -> its key: with equal keys, it need not be made again.

A key is a digest of the values themselves, not of names or times, so nothing has to be declared or tracked.
The program and its libraries are no part of it: whoever remembers keys asks whether those are the same.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b

import msgspec

from publisher.model import Entry

Key = Callable[[], bytes]
SIZE = 16  # bytes
# What values raise that have no sure form: of another type, a number or a text that JSON cannot hold.
_UNSURE = (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError)


class Unsure(Exception):
    """There is no key for such values: the file has to be made."""


def digest(*values: object) -> bytes:
    """16 bytes, which differ if any of the values does: dataclasses, mappings, sequences and scalars.

    Moments count by what they show and their offset, an object by its fields. Raises Unsure.
    """
    try:
        return blake2b(msgspec.json.encode(values, enc_hook=_plain), digest_size=SIZE).digest()
    except _UNSURE as error:
        raise Unsure(str(error)) from error


def joined(digests: Iterable[bytes]) -> bytes:
    """One digest of several, each of SIZE bytes, in their order."""
    return blake2b(b"".join(digests), digest_size=SIZE).digest()


def attempt(key: Key) -> bytes:
    """The key, or nothing where there is none."""
    try:
        return key()
    except Unsure:
        return b""


class Digests:
    """Digests of values that many files share, entries and others; each is made once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, bytes]] = {}

    def __call__(self, value: object) -> bytes:
        """Raises Unsure."""
        known = self._made.get(id(value))
        if known is None:
            made = self._of_entry(value) if isinstance(value, Entry) else digest(value)
            known = self._made[id(value)] = (value, made)  # which keeps the value, and so its id
        return known[1]

    def _of_entry(self, entry: Entry) -> bytes:
        if entry.made_from:  # which decides the zones of the card's moments, too
            more = f"{len(entry.findings)} {entry.made_from}".encode()
            return blake2b(self(entry.card) + more, digest_size=SIZE).digest()
        return digest(entry, _exact(entry))


def _exact(entry: Entry) -> str:
    """What templates tell apart and JSON does not: a date and its text, two zones with one offset."""
    return repr((entry.card.date, entry.card.updated, entry.extra))


def _plain(value: object) -> str:
    """Markup is a text."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(type(value).__name__)
