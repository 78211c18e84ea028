"""The key of each file that the last build made -> those that need neither be made again nor looked at.

`.publish/rendered` holds, for each path of the output folder, the key of what was made and the stamp of the
file that has it. It may be deleted at any time; what is damaged, or of another program, counts for nothing.
A stamp has the time of change, which no program can set, and the file's number: another file, or one that
somebody has written to since, is another.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from publisher.model import Output
from publisher.store.atomic import replace
from publisher.templating import Later

_NAME = "rendered"
_SUM = 16  # bytes of the checksum in front
Stamp = tuple[int, int, int, int]  # size, times of content and of change in nanoseconds, number


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a file: its key, the names that were looked up for it, its stamp."""

    key: bytes
    looked_up: tuple[str, ...]
    stamp: Stamp


Rows = dict[str, Row]
_rows = msgspec.msgpack.Decoder(tuple[bytes, Rows])


def unchanged(state: Path, program: bytes, root: Path, outputs: Iterable[Output]) -> Rows:
    """The rows of the files below `root` that are as the last build left them, and as this one would.

    `program`: a digest of all that decides the bytes besides keys.
    """
    before = _read(state / _NAME, program)
    rows: Rows = {}
    for output in outputs:
        known = before.get(output.path)
        if known and isinstance(output, Later) and _stamp(f"{root}/{output.path}") == known.stamp:
            key = output.key(known.looked_up)
            if key and key == known.key:
                rows[output.path] = known
    return rows


def remember(state: Path, program: bytes, root: Path, outputs: Iterable[Output], known: Rows) -> Rows:
    """Keeps, and gives, rows of what lies below `root`: what is `known`, and what was just made and written.

    To be called under the publication's lock. That it cannot be kept costs time only.
    """
    rows = {output.path: row for output in outputs if (row := known.get(output.path) or _row(root, output))}
    packed = msgspec.msgpack.encode((program, rows))
    packed = _checksum(packed) + packed
    with suppress(OSError):
        file = state / _NAME
        if not file.is_file() or file.read_bytes() != packed:
            replace(file, packed)
    return rows


def _row(root: Path, output: Output) -> Row | None:
    if not isinstance(output, Later):
        return None
    key, stamp = output.key(output.looked_up), _stamp(f"{root}/{output.path}")
    # Of another length it is what somebody has written there meanwhile.
    return Row(key, output.looked_up, stamp) if key and stamp and stamp[0] == output.size else None


def _read(file: Path, program: bytes) -> Rows:
    try:
        raw = file.read_bytes()
        checksum, packed = raw[:_SUM], raw[_SUM:]
        if checksum != _checksum(packed):
            return {}
        of, rows = _rows.decode(packed)
    except (OSError, ValueError, msgspec.MsgspecError):
        return {}
    return rows if of == program else {}


def _checksum(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_SUM).digest()


def _stamp(file: str) -> Stamp | None:
    """None for what is not a file of its own: links are not followed."""
    try:
        found = os.lstat(file)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
