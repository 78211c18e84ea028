"""A made file on the shelf -> a file of the site, read when it is written and not held in memory."""

import errno
from collections.abc import Callable, Iterable
from pathlib import Path

from publisher.model import Output
from publisher.store.pictures.sealed import SEAL, opened


def _nothing() -> None:
    return None


class Copy(Output):
    """`file` has the content. If it is not there, `make` makes it when somebody asks."""

    __slots__ = ("_make", "file")
    file: Path
    _make: Callable[[], None]

    def __init__(self, path: str, file: Path, make: Callable[[], None] = _nothing) -> None:
        for name, value in (("path", path), ("file", file), ("_make", make)):
            object.__setattr__(self, name, value)  # Output is frozen

    @property
    def content(self) -> bytes:
        """Read anew by each call; made anew where it is damaged. Raises OSError."""
        content = opened(self.file)
        if content is None:
            self.file.unlink(missing_ok=True)
            self._make()
            content = opened(self.file)
        if content is None:
            raise OSError(errno.EIO, "it cannot be read", str(self.file))
        return content

    def like(self, file: Path) -> bool:
        """Whether `file` looks untouched since it was copied: equal in size and time of change.

        As rsync has it; whoever changes a file gives it another time.
        """
        there, here = file.stat(), self.file.stat()
        return (there.st_size + SEAL, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns)


def made_names(outputs: Iterable[Output]) -> set[str]:
    """The names on the shelf that these files of a site are copied from."""
    return {output.file.name for output in outputs if isinstance(output, Copy)}
