"""Bytes and a checksum behind them, in one file: what is damaged is not taken for what was written.

The checksum is also one of the file's name, so that no file stands for another.
"""

from hashlib import blake2b
from pathlib import Path

SEAL = 16  # bytes


def sealed(name: str, content: bytes) -> bytes:
    """What the file of this name is to hold."""
    return content + _checksum(name, content)


def opened(file: Path) -> bytes | None:
    """What was sealed; None for a file that is not there or not as it was written. Never raises OSError."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    content, seal = raw[:-SEAL], raw[-SEAL:]
    return content if seal == _checksum(file.name, content) else None


def size(file: Path) -> int:
    """The size of any file; 0 for none."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def filled(file: Path) -> int:
    """The size of what was sealed, by that of the file; 0 for none, or one that a power cut left empty."""
    return max(size(file) - SEAL, 0)


def _checksum(name: str, content: bytes) -> bytes:
    made = blake2b(f"{name}\0".encode(), digest_size=SEAL)
    made.update(content)
    return made.digest()
