"""The publication's secrets: read from `.publish/keys.json`, made when there are none yet."""

import json
import os
import secrets
from pathlib import Path

from publisher.audience.keys import KEY_IDS, LENGTH, Keys
from publisher.errors import PublishError
from publisher.store.atomic import sync_folder
from publisher.store.failures import naming

_FIRST = "a"


def load_keys(path: Path) -> Keys:
    """The secrets in the file at `path`; a first one is made and kept there, for its owner's eyes alone.

    They belong with the ledger into every backup: without them no link in a mail that was sent works any
    more. Raises PublishError for a file that holds something else.
    """
    with naming(path, "read or make the keys"):
        if not path.exists():
            _make(path)
        text = path.read_text("utf-8")
    try:
        table = json.loads(text)
        found = {str(key): bytes.fromhex(value) for key, value in table["keys"].items()}
        keys = Keys(str(table["current"]), found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(path) from error
    sound = all(len(key) == 1 and key in KEY_IDS and len(secret) == LENGTH for key, secret in found.items())
    if not sound or keys.current not in found:
        raise _broken(path)
    return keys


def _make(path: Path) -> None:
    """Two programs at once agree on one file: the first to link it wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"current": _FIRST, "keys": {_FIRST: secrets.token_hex(LENGTH)}}, indent=2) + "\n"
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
        sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _broken(path: Path) -> PublishError:
    hint = "put the file from a backup in its place: links in mails that were sent depend on it"
    return PublishError(str(path), "this is no file of keys", hint)
