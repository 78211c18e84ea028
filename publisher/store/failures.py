"""An OSError in, the same told to the author out: which file, what happened, what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publisher.errors import PublishError

_MEANING = {
    errno.ENOSPC: ("the disk is full", "free some space and run again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and run again"),
    errno.EFBIG: ("the system does not allow a file of this size", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the file system is read-only", "choose another folder or make it writable"),
    errno.EACCES: ("permission denied", "check the owner and the mode of the file and its folders"),
    errno.EPERM: ("the system does not permit it", "check the owner and the flags of the file"),
    errno.EIO: ("the disk reports an error", "check the disk, then run again"),
    errno.EMFILE: ("too many open files", "raise the limit (ulimit -n)"),
    errno.ENAMETOOLONG: ("the name is too long for the file system", "choose a shorter one"),
    errno.ELOOP: ("symbolic links that go round in a circle", "remove one of them"),
    errno.ENOENT: ("there is no such file", "it may have been moved while this ran; run again"),
    errno.ENOTDIR: ("a file is where a folder should be", "move it away"),
    errno.EISDIR: ("a folder is where a file should be", "move it away"),
    errno.EXDEV: ("the folder is on another file system than its file", "keep both on one"),
}


def refusal(where: str, doing: str, error: OSError) -> PublishError:
    """`cannot write: the disk is full (free some space and run again)` at `where`."""
    meaning, hint = _MEANING.get(error.errno or 0, (error.strerror or str(error), ""))
    return PublishError(where, f"cannot {doing}: {meaning}", hint)


@contextmanager
def naming(where: str | Path, doing: str) -> Iterator[None]:
    """Turns any OSError inside into a PublishError at `where`."""
    try:
        yield
    except OSError as error:
        raise refusal(str(where), doing, error) from error
