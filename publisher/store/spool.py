"""Bytes in -> a way to have them back out: they wait on the disk, in a file without a name.

For what a build has made and will need once more: so it takes no memory by the number of articles. Whatever
ends the process, nothing is left of the file.
"""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from weakref import finalize

from publisher.errors import PublishError
from publisher.store.failures import naming


class Spool:
    """Keeps bytes on the disk of `folder`, for as long as anybody may ask for them."""

    def __init__(self, folder: Path) -> None:
        """Raises PublishError for what the system refuses."""
        self._folder = folder
        self._end = 0
        with naming(folder, "make a file in it"), tempfile.TemporaryFile(dir=folder) as file:
            self._descriptor = os.dup(file.fileno())
        finalize(self, os.close, self._descriptor)

    def keep(self, content: bytes) -> Callable[[], bytes]:
        """A function that reads them. Raises PublishError for a disk that is full."""
        start, rest = self._end, memoryview(content)
        with naming(self._folder, "write a file in it"):
            while rest:
                written = os.pwrite(self._descriptor, rest, self._end)
                rest, self._end = rest[written:], self._end + written
        return partial(self._read, start, len(content))

    def _read(self, start: int, size: int) -> bytes:
        parts = []
        while size > 0:
            part = os.pread(self._descriptor, size, start)
            if not part:
                message = "a file that waits there is shorter than it was"
                raise PublishError(str(self._folder), message, "run it again")
            parts.append(part)
            start, size = start + len(part), size - len(part)
        return b"".join(parts)
