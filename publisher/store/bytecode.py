"""What templates compile to, kept in `.publish/templates/` with a checksum: damaged, it counts for nothing.

It may be deleted at any time. Jinja itself looks whether source and versions are still those; that a byte
has changed it would not see, and Python runs what it is given.
"""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from publisher.store.atomic import replace

_SUM = 16  # bytes of the checksum in front
_COMPILER = b"quoted"  # the part of `templating` that compiled code asks for


class Bytecode(BytecodeCache):
    """The files in an existing `folder`. No method raises for what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """As jinja2.BytecodeCache has it: an empty bucket is compiled anew."""
        with suppress(OSError):
            raw = self._file(bucket).read_bytes()
            if raw[:_SUM] == _checksum(raw[_SUM:]):
                bucket.bytecode_from_string(raw[_SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """That it cannot be kept costs time only."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            replace(self._file(bucket), _checksum(code) + code)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"__jinja2_{bucket.key}.cache"


def _checksum(code: bytes) -> bytes:
    return blake2b(code, digest_size=_SUM, person=_COMPILER).digest()
