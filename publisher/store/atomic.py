"""A path and bytes in, a file on disk that is whole at any moment out.

The bytes go to a temporary file in the same folder, which then takes the path's name in one step:
rename(2) is atomic within a file system.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

TEMPORARY = re.compile(r"\.publish-[0-9a-f]{16}\.tmp")


def replace(path: Path, content: bytes, *, mode: int | None = None, durable: bool = False) -> None:
    """Gives `path` this content. A symbolic link there is replaced, not followed. Raises OSError.

    `mode`: permission bits; None leaves them to the umask. `durable` waits until the disk has it, so
    that it survives a power cut; without it a power cut can leave an empty file, a kill cannot.
    """
    temporary = os.path.join(os.path.dirname(path), f".publish-{os.urandom(8).hex()}.tmp")  # noqa: PTH118, PTH120 - a Path takes longer to make than a small file
    try:
        _write(temporary, content, mode, durable)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


@contextmanager
def replacing(path: Path, mode: int) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once the block is done, and leaves no trace if it raises.

    For what is too large to be held at once. Raises OSError.
    """
    temporary = path.with_name(f".publish-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(temporary, flags, mode), "wb") as stream:
            yield stream
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names in `folder`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> int:
    """Removes what a killed run left in `folder` (not below it); how many there were. Raises OSError."""
    left = [file for file in folder.iterdir() if TEMPORARY.fullmatch(file.name)]
    for file in left:
        file.unlink(missing_ok=True)
    return len(left)


def _write(temporary: str, content: bytes, mode: int | None, durable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if mode is not None:
            os.fchmod(descriptor, mode)
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
