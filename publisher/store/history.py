"""A folder in a git repository in, the moment each of its files was first committed out."""

import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from publisher.lazily import lazily

if TYPE_CHECKING:
    import subprocess
else:
    subprocess = lazily("subprocess")

_SECONDS = 20
# What the user has configured must not change the answer, nor run a program.
_PLAIN = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.follow=false"),
    *("-c", "log.diffMerges=off"),
)
_ADDED = (
    *(
        "log",
        "--diff-filter=A",
        "--name-only",
        "-z",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "-O/dev/null",
    ),
    *("--no-textconv", "--no-color", "--no-decorate", "--no-notes", "--no-mailmap", "--no-show-signature"),
)


def first_commits(root: Path, paths: Iterable[str]) -> Mapping[str, datetime]:
    """The author date, with its offset, of the first commit that added each of `paths` below `root`.

    A path is absent that git does not know, or whose beginning a shallow clone does not hold; all are
    absent without git or repository, or when git takes more than 20 seconds. The Unicode form of a
    path does not matter.
    """
    wanted = {normalize("NFC", path): path for path in paths}
    if not wanted or not root.is_dir():
        return {}
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    if shallow is None:
        return {}
    mark = secrets.token_hex(16)
    said = _git(root, *_ADDED, f"--format=format:{mark} %aI %P", "--", ".") or b""
    return _oldest(said, mark.encode(), wanted, keep_roots=shallow.strip() != b"true")


def head(root: Path) -> bytes:
    """What decides the answer of `first_commits`: the commit that is checked out, and how much there is."""
    return (_git(root, "rev-parse", "HEAD", "--is-shallow-repository") or b"").strip()


def _oldest(said: bytes, mark: bytes, wanted: Mapping[str, str], *, keep_roots: bool) -> dict[str, datetime]:
    """`mark date parents LF name NUL name NUL NUL mark …`. Only a header can hold the random `mark`.

    The oldest commits of a shallow clone seem to have no parents, and to add all files there are.
    """
    first: dict[str, datetime] = {}
    moment: datetime | None = None
    for part in said.split(b"\0"):
        name = part
        if part.startswith(mark):
            head, _, name = part.partition(b"\n")
            _, date, *parents = head.split()
            moment = _moment(date.decode("ascii", "replace")) if parents or keep_roots else None
        path = wanted.get(normalize("NFC", os.fsdecode(name)))
        if moment is not None and path is not None:
            first[path] = min(moment, first.get(path, moment))
    return first


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a commit can claim any number as its time
        return None


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints, or None if it is missing, fails or takes too long."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_PLAIN, *arguments],
            cwd=root,
            env=kept | quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
