"""A publication's precious state in, one file that holds all of it out, while others go on writing.

What can be made again is left out. A backup is a tar file: the ledger as it is at one moment, the keys,
the originals that `check --fix` replaced.
"""

import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.atomic import sync_folder
from publisher.store.failures import naming
from publisher.store.ledger_file import exists

PRECIOUS = ("keys.json", "journal")
_LEDGER = "ledger.sqlite"
_PAGES = 2000  # at a time, so that who sends or signs up meanwhile need not wait


def back_up(state: Path, target: Path) -> tuple[str, ...]:
    """Writes everything precious below `state` (`.publish`) into the file `target`; what it holds.

    It is whole or not there, and for its owner's eyes alone. Raises PublishError: nothing to keep, a file
    in the way, a disk that refuses.
    """
    if target.exists():
        raise PublishError(str(target), "there is a file already", "give another name")
    held = [name for name in PRECIOUS if (state / name).exists()]
    if exists(state / _LEDGER):
        held.append(_LEDGER)
    if not held:
        raise PublishError(str(state), "there is nothing to keep yet", "the first digest makes a ledger")
    with naming(target, "write the backup"), tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        _pack(state, held, made)
        os.link(made, target)
        sync_folder(target.parent)
    return tuple(sorted(held))


def _pack(state: Path, names: list[str], made: Path) -> None:
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz" if made.suffix == ".gz" else "w") as archive:
            for name in names:
                source = _copy(state / name, made.parent) if name == _LEDGER else state / name
                archive.add(source, name)
        stream.flush()
        os.fsync(stream.fileno())


def _copy(ledger: Path, folder: Path) -> Path:
    """The ledger as it is at one moment (sqlite.org/backup.html), sound, without a log beside it."""
    copy = folder / _LEDGER
    source = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(copy)) as target:
        try:
            source.backup(target, pages=_PAGES)
            target.execute("PRAGMA journal_mode = DELETE")
            (sound,) = target.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                hint = "free some space, or keep it elsewhere"
                raise PublishError(
                    str(folder.parent), "cannot write the backup: the disk is full", hint
                ) from error
            raise PublishError(str(ledger), f"the ledger cannot be copied: {error}") from error
    if sound != "ok":
        raise PublishError(str(ledger), "the ledger is damaged", "keep the backups that there are")
    return copy
