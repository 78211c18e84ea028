"""An mbox file (RFC 4155), which is only ever read: nothing can be taken out of one in a single step."""

import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from publisher.bounces.mime import LIMIT
from publisher.errors import Locked
from publisher.inbox.arrived import Arrived
from publisher.store.failures import naming

_LINE = 1 << 16
_PATIENCE = 5.0  # seconds


class Mbox:
    """The mails of the file as it was when reading began; what comes meanwhile is for the next time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mails(self) -> Iterator[Arrived]:
        """Raises PublishError if it cannot be read, Locked if another program keeps it for 5 seconds."""
        with naming(self._path, "read it"), self._path.open("rb") as file:
            yield from _mails(file, self._size(file))

    def settle(self, mail: Arrived) -> None:
        """The ledger knows what it has counted: reading a mail again does nothing."""

    def _size(self, file: BinaryIO) -> int:
        """Taken while nobody delivers, so that no mail is read by half."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                break
            except (BlockingIOError, PermissionError) as error:
                if time.monotonic() > until:
                    hint = "wait until it is done"
                    raise Locked(str(self._path), "another program is delivering", hint) from error
                time.sleep(0.05)
        size = file.seek(0, 2)
        file.seek(0)
        fcntl.lockf(file, fcntl.LOCK_UN)
        return size


def _mails(file: BinaryIO, size: int) -> Iterator[Arrived]:
    """A mail begins with a line `From ` after a blank line, or at the beginning."""
    number, kept, blank = 0, bytearray(), True
    while size > 0 and (line := file.readline(min(_LINE, size))):
        size -= len(line)
        if blank and line.startswith(b"From "):
            if number:
                yield Arrived(f"mail {number}", bytes(kept))
            number, kept = number + 1, bytearray()
        elif number and len(kept) <= LIMIT:
            kept += line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
        blank = line in {b"\n", b"\r\n"}
    if number:
        yield Arrived(f"mail {number}", bytes(kept))
