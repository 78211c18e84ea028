"""Bytes that this program has made, in a file of `.publish/` that may be deleted at any time, and back.

A seal in front tells whether they are whole, and of this very program: others count for nothing.
"""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from publisher.store.atomic import replace
from publisher.store.stamp import stamp

_SEAL = 32  # bytes


def unseal(file: Path) -> bytes | None:
    """What `seal` was given; None if that is not there as it was."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    return raw[_SEAL:] if raw[:_SEAL] == _seal(file, raw[_SEAL:]) else None


def seal(file: Path, content: bytes) -> None:
    """Keeps bytes; nothing is written if they are kept already. That it cannot be costs time only."""
    sealed = _seal(file, content) + content
    with suppress(OSError):
        if file.parent.is_dir() and not (file.is_file() and file.read_bytes() == sealed):
            replace(file, sealed)


def _seal(file: Path, content: bytes) -> bytes:
    """Of the file's name, too: one memory is not taken for another."""
    return blake2b(content, digest_size=_SEAL, key=stamp(), person=file.name.encode()[:16]).digest()
