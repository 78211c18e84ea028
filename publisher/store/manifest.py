"""What a build put into the output folder: `.publish.json` in and out.

It is sorted and holds no time, so that equal sites have equal manifests.
"""

import json
import stat
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.store.paths import MANIFEST, fault

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """The paths that are ours. `complete` is False while a build writes, and stays so if it is killed."""

    files: frozenset[str] = frozenset()
    complete: bool = True


def read_manifest(root: Path) -> Manifest | None:
    """The manifest of the output folder `root`; None where there is none.

    Raises PublishError for one that is damaged, since without it nobody knows which files may go, and
    for one with paths that no build of ours writes.
    """
    file = root / MANIFEST
    where = f"{root.name}/{MANIFEST}"
    with naming(where, "read it"):
        try:
            if not stat.S_ISREG(file.lstat().st_mode):
                raise _damaged(where)
            raw = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    return _parse(where, raw)


def finished_manifest(root: Path, shown: str) -> Manifest:
    """The manifest of a build that was finished; `shown` names its folder in messages.

    Raises PublishError where there is none, and as `read_manifest`.
    """
    manifest = read_manifest(root)
    if manifest is None:
        raise PublishError(f"{shown}/", "nothing is built here", "run publish build first")
    if not manifest.complete:
        raise PublishError(f"{shown}/", "the last build was not finished", "run publish build again")
    return manifest


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Replaces the manifest, unless it is there already. Raises PublishError."""
    file = root / MANIFEST
    record = {"schema": _SCHEMA, "complete": manifest.complete, "files": sorted(manifest.files)}
    content = (json.dumps(record, indent=0, ensure_ascii=False) + "\n").encode()
    with naming(f"{root.name}/{MANIFEST}", "write it"):
        if not _holds(file, content):
            replace(file, content, durable=True)


def _parse(where: str, raw: bytes) -> Manifest:
    try:
        record = json.loads(raw)
        schema, complete, files = record["schema"], record["complete"], record["files"]
        sound = isinstance(complete, bool) and all(isinstance(f, str) and not fault(f) for f in files)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _damaged(where) from error
    if isinstance(schema, int) and schema > _SCHEMA:
        raise PublishError(where, "written by a newer version of publish", "update this one")
    if schema != _SCHEMA or not sound:
        raise _damaged(where)
    return Manifest(frozenset(files), complete)


def _damaged(where: str) -> PublishError:
    hint = "move the whole output folder away; the next build makes all of it again"
    return PublishError(where, "the list of files that publish wrote is damaged", hint)


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and not file.is_symlink() and file.read_bytes() == content
