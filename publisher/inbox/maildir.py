"""A Maildir (cr.yp.to/proto/maildir.html), into which others deliver meanwhile, without any lock."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from publisher.bounces.mime import LIMIT
from publisher.errors import PublishError
from publisher.inbox.arrived import Afterwards, Arrived
from publisher.store.failures import naming


class Maildir:
    """The mails in `new` and `cur`. Settled ones move to a folder (Maildir++), are kept, or go."""

    def __init__(self, path: Path, afterwards: Afterwards, folder: str) -> None:
        self._path = path
        self._afterwards = afterwards
        self._folder = path / f".{folder.lstrip('.')}"
        if not all((path / name).is_dir() for name in ("new", "cur")):
            raise PublishError(str(path), "this is no Maildir", "it has the folders cur, new and tmp")

    def mails(self) -> Iterator[Arrived]:
        """One that another program moves away meanwhile is left to the next time."""
        names = [name for part in ("new", "cur") for name in self._names(part)]
        for name in names:
            try:
                yield Arrived(name, read_head(self._path / name), len(names))
            except FileNotFoundError:
                continue
            except OSError:
                yield Arrived(name, None, len(names))

    def _names(self, part: str) -> list[str]:
        with naming(self._path / part, "read it"):
            names = sorted(entry.name for entry in (self._path / part).iterdir())
        return [f"{part}/{name}" for name in names if not name.startswith(".")]

    def settle(self, mail: Arrived) -> None:
        """Raises PublishError if the disk refuses; the mail is then where it was."""
        if self._afterwards == "keep":
            return
        path = self._path / mail.name
        with naming(path, "put it away"):
            if self._afterwards == "move":
                self._keep_copy(path)
            path.unlink(missing_ok=True)

    def _keep_copy(self, path: Path) -> None:
        """By a link, which never takes another mail's place; that it was there already is as well."""
        for part in ("tmp", "new", "cur"):
            (self._folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / "maildirfolder").touch()
        target = self._folder / "cur" / f"{path.name.partition(':')[0]}:2,S"
        try:
            os.link(path, target)
        except FileNotFoundError:
            return
        except FileExistsError:
            if not target.samefile(path):
                os.link(path, target.with_name(f"{path.stat().st_ino}.{target.name}"))


def read_head(path: Path) -> bytes:
    """The first 1 MiB and a byte of a file: not of what a link points to, not of a pipe. Raises OSError."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(f"{path} is no file")
        return file.read(LIMIT + 1)
