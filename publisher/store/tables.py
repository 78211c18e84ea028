"""What the cleaner has made of its data files -> `.publish/tables`, and back.

The file may be deleted at any time; one that is damaged, or of another program, counts for nothing.
"""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from publisher.clean.prepared import pack, unpack
from publisher.store.atomic import replace
from publisher.store.stamp import stamp

_NAME = "tables"
_SUM = 32  # bytes of the checksum in front


def load(state: Path) -> None:
    """Before the first article is cleaned."""
    with suppress(OSError, ValueError):
        raw = (state / _NAME).read_bytes()
        if raw[:_SUM] == _checksum(raw[_SUM:]):
            unpack(raw[_SUM:])


def save(state: Path) -> None:
    """Keeps the tables that this process had to make. That it cannot costs time only."""
    packed = pack()
    if packed is None or not state.is_dir():
        return
    file, content = state / _NAME, _checksum(packed) + packed
    with suppress(OSError):
        if not file.is_file() or file.read_bytes() != content:
            replace(file, content)


def _checksum(packed: bytes) -> bytes:
    """Of the bytes, and of the program that made them."""
    return blake2b(packed, digest_size=_SUM, key=stamp()).digest()
