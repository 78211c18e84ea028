"""A publication's folders -> what is known of its state, disk and files' times. Nothing is changed."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import get_args

from publisher.audience.subscriber import State as ReaderState
from publisher.errors import PublishError
from publisher.health.folder import Disk, Ledger, State
from publisher.store.keys import load_keys
from publisher.store.ledger_file import MIGRATIONS, check, damaged, exists

BACKUP = "last-backup"  # an empty file in the state folder, as old as the last backup
_LEDGER, _KEYS = "ledger.sqlite", "keys.json"
_MOST_FILES = 20_000
_PATIENCE = 5.0  # seconds


def inspect_state(state: Path, secrets: Iterable[Path]) -> State:
    """`secrets` are the files of keys and passwords that the configuration names."""
    keys, ledger = state / _KEYS, state / _LEDGER
    files = [path for path in (keys, ledger, *secrets) if path.is_file()]
    return State(
        there=state.is_dir(),
        writable=_writable(state),
        modes={_shown(path, state.parent): path.stat().st_mode & 0o777 for path in files},
        keys=_trouble_of_keys(keys),
        ledger=inspect_ledger(ledger),
        backup=_time(state / BACKUP),
    )


def note_backup(state: Path, now: datetime) -> None:
    """Notes that everything precious was kept elsewhere at this moment."""
    mark = state / BACKUP
    mark.touch(0o600)
    os.utime(mark, (now.timestamp(), now.timestamp()))


def inspect_ledger(path: Path) -> Ledger | None:
    """What it says of itself, read without a change to it: no migration. None where there is none."""
    try:
        if not exists(path):
            return None
        return _read(path)
    except PublishError as error:
        return Ledger(trouble=error.message, hint=error.hint)
    except (sqlite3.Error, OSError) as error:
        return Ledger(trouble=str(error))
    except UnicodeDecodeError:
        return Ledger(trouble=damaged(path).message, hint=damaged(path).hint)


def _read(path: Path) -> Ledger:
    target = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(target, timeout=_PATIENCE, isolation_level=None, uri=True)) as db:
        db.execute("PRAGMA query_only = ON")
        version = check(path, db)
        if version < len(MIGRATIONS):
            return Ledger(version=version, known=len(MIGRATIONS))
        states = dict.fromkeys(get_args(ReaderState), 0)
        states |= dict(db.execute("SELECT state, count(*) FROM subscribers GROUP BY state"))
        (newest,) = db.execute("SELECT max(frozen_at) FROM issues").fetchone()
        (suppressed,) = db.execute("SELECT count(*) FROM suppressions").fetchone()
        moment = datetime.fromisoformat(newest) if newest else None
        return Ledger("", "", version, len(MIGRATIONS), moment, states, suppressed)


def inspect_disk(state: Path, output: Path) -> Disk:
    """Sizes as files have them; what they take on the disk may be a little more."""
    free = shutil.disk_usage(_nearest(state)).free
    return Disk(free, sum(_sizes(output)), sum(_sizes(state)))


def newest_file(places: Iterable[Path]) -> datetime | None:
    """The latest time of these files, and of those in these folders, among the first 20,000."""
    files = islice((path for each in places for path in _files(each)), _MOST_FILES)
    return max((found for found in map(_time, files) if found), default=None)


def _writable(folder: Path) -> bool:
    return os.access(_nearest(folder), os.W_OK | os.X_OK)


def _nearest(path: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    return next(each for each in (path, *path.absolute().parents) if each.is_dir())


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _trouble_of_keys(path: Path) -> str:
    """They are read only where there are some: reading would make them."""
    if not path.is_file():
        return ""
    try:
        load_keys(path)
    except PublishError as error:
        return error.message
    return ""


def _time(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for at, _, names in os.walk(folder):
        yield from (Path(at, name) for name in names)


def _sizes(folder: Path) -> Iterator[int]:
    for path in _files(folder):
        try:
            yield path.lstat().st_size
        except OSError:
            continue
