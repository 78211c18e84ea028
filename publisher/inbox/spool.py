"""A mail from a pipe -> on the disk as a whole before anything is done with it; kept unless it is settled."""

import os
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from publisher.bounces.mime import LIMIT
from publisher.inbox.arrived import Arrived
from publisher.store.atomic import sync_folder
from publisher.store.failures import naming

_CHUNK = 1 << 16


class Spool:
    """A Maildir for what nobody understood. A mail waits in `tmp`, whose files are of runs that were killed:
    the mail system that was not told `0` delivers those again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self, stream: BinaryIO, moment: int) -> Arrived:
        """Safe in a file, whole; its beginning. `moment`: seconds since 1970. Raises PublishError."""
        name = f"{moment}.{token_hex(8)}.publish"
        with naming(self._path, "keep the mail"):
            for part in ("tmp", "new", "cur"):
                (self._path / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self._path / "tmp" / name).open("xb") as file:
                head = b""
                while chunk := stream.read(_CHUNK):
                    head += chunk if len(head) <= LIMIT else b""
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        return Arrived(name, head)

    def settle(self, mail: Arrived) -> None:
        """What it says is in the ledger."""
        (self._path / "tmp" / mail.name).unlink(missing_ok=True)

    def leave(self, mail: Arrived) -> None:
        """For somebody to look at. Raises PublishError if it cannot be kept."""
        with naming(self._path, "keep the mail"):
            (self._path / "tmp" / mail.name).rename(self._path / "new" / mail.name)
            sync_folder(self._path / "new")
