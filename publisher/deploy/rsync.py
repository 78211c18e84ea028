"""Deploying by rsync, over ssh or to a folder: it sends only the differences within files."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from publisher.deploy.plan import Local
from publisher.deploy.program import Done, Program, masked
from publisher.errors import PublishError, Unavailable

# rsync(1), "EXIT VALUES": socket, stream, timeout of data and connection; 255 is ssh's own.
_NETWORK = frozenset({5, 10, 12, 30, 35, 255})
_PARTIAL = 23
_VANISHED = 24
_HOW = ("--secluded-args", "--from0", "--files-from=-", "--timeout=120")
_AS = ("--times", "--perms", "--chmod=D755,F644", "--checksum", "--delay-updates", "--mkpath")


class Rsync:
    """`to` is what rsync takes for a destination: `user@host:/srv/www`, `rsync://…`, a folder."""

    def __init__(self, site: Path, to: str) -> None:
        self._site = site
        self._to = to.rstrip("/") + "/"
        self._program = Program("rsync", site, {})

    def read(self, path: str) -> bytes | None:
        with tempfile.TemporaryDirectory() as folder:
            done = self._program.run(
                ("--secluded-args", "--timeout=120", "--", self._to + path, folder + "/")
            )
            if done.code == 0:
                return (Path(folder) / path).read_bytes()
            # The file or its whole folder is not there: nothing has been deployed yet.
            if done.code in {_PARTIAL, 3} and "No such file or directory" in done.errors:
                return None
            raise self._failure(done)

    def put(self, files: Sequence[Local]) -> None:
        self._run((*_AS, *_HOW, "--", f"{self._site}/", self._to), [each.path for each in files])

    def write(self, path: str, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / path).write_bytes(content)
            self._run((*_AS, *_HOW, "--", f"{folder}/", self._to), [path])

    def delete(self, paths: Sequence[str]) -> None:
        """An empty folder as the source: what is missing in it, of these, goes at the destination.

        rsync calls the folders around them vanished (24). Folders that are empty then stay.
        """
        with tempfile.TemporaryDirectory() as folder:
            how = ("--delete-missing-args", "--no-implied-dirs", *_HOW, "--", f"{folder}/", self._to)
            self._run(how, paths, fine=_VANISHED)

    def _run(self, arguments: Sequence[str], paths: Sequence[str], fine: int = 0) -> None:
        done = self._program.run(arguments, b"".join(path.encode() + b"\0" for path in paths))
        if done.code not in {0, fine}:
            raise self._failure(done)

    def _failure(self, done: Done) -> PublishError:
        kind = Unavailable if done.code in _NETWORK else PublishError
        hint = "what was sent stays sent; publish deploy goes on from there"
        return kind(masked(self._to), f"rsync: {done.last}", hint)
