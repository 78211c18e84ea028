"""The path of a lock file in, the sole right to work on the publication out, for as long as the block runs.

The system itself gives the lock back when the process ends, however it ends; the file stays.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publisher.errors import Locked
from publisher.store.failures import naming

_HELD: set[int] = set()


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Holds the lock. Raises Locked (exit code 5) at once, with the holder's process number, if another does.

    Raises PublishError if the lock file cannot be made.
    """
    with naming(path, "open the lock file"):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    _HELD.add(lock)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Locked(
                str(path), f"another run is at work{_holder(lock)}", "wait until it is done"
            ) from error
        _sign(lock, f"{os.getpid()}\n".encode())
        yield
        _sign(lock, b"")
    finally:
        _HELD.discard(lock)
        os.close(lock)


def _holder(lock: int) -> str:
    number = os.pread(lock, 20, 0).strip()
    return f" (process {number.decode()})" if number.isdigit() else ""


def _sign(lock: int, note: bytes) -> None:
    """The number is for messages only; a full disk does not keep the lock from being held."""
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, note, 0)
    except OSError:
        return


def _leave_to_parent() -> None:
    """A forked worker shares its parent's lock, and would keep it if the parent were killed."""
    for lock in _HELD:
        os.close(lock)
    _HELD.clear()


os.register_at_fork(after_in_child=_leave_to_parent)
