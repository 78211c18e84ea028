"""One file of a folder in, its bytes out: never through a link that leaves the folder, never blocking."""

import os
import stat
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.failures import naming


def read_within(root: Path, file: Path, where: str, limit: int) -> bytes:
    """The bytes of `file`, which is below the folder `root` (resolved: no link in its own path).

    Raises PublishError at `where` for a link that leads out of `root`, for what is not a regular file,
    for more than `limit` bytes, and for everything that the system refuses.
    """
    with naming(where, "read it"):
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            file = follow(root, file, where)
            status = os.lstat(file)
        _refuse_special(status, where)
        # A pipe put here since would be opened without waiting for its writer, and refused by fstat.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(file, flags), "rb") as stream:
            status = os.fstat(stream.fileno())
            _refuse_special(status, where)
            raw = stream.read(limit + 1) if status.st_size <= limit else b""
    size = max(status.st_size, len(raw))
    if size > limit:
        message = f"{size:,} bytes, more than max_bytes = {limit:,}"
        raise PublishError(where, message, "make it smaller, or raise max_bytes in the configuration")
    return raw


def follow(root: Path, link: Path, where: str) -> Path:
    """Where the symbolic link ends. Raises PublishError if that is outside `root`, OSError if nowhere."""
    try:
        target = link.resolve(strict=True)
    except RuntimeError as error:  # what Python 3.11 and 3.12 say of a circle of links
        raise PublishError(where, "symbolic links that go round in a circle", "remove one of them") from error
    except FileNotFoundError as error:
        raise PublishError(where, "a symbolic link to nothing", "remove it") from error
    if not target.is_relative_to(root):
        message = f"a symbolic link that leads out of {root.name}/"
        raise PublishError(where, message, "put a copy of the file here instead")
    return target


def _refuse_special(status: os.stat_result, where: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PublishError(where, "not a regular file (a folder, pipe, socket or device)", "remove it")
