"""What changes with a commit, in whatever kind of repository: a plain one, a worktree, none yet."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.store.repository import commit_files


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{one}_{two}": "a@b.c" for one in ("AUTHOR", "COMMITTER") for two in ("NAME", "EMAIL")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], cwd=folder, env=kept | who, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "commit", "--allow-empty", "-m", "Tides")


def seen(folder: Path) -> dict[str, bytes]:
    """What the files hold; those that are folders are told by being there."""
    files = {name: Path(name) for name in commit_files(folder)}
    return {
        name: b"" if file.is_dir() else file.read_bytes() for name, file in files.items() if file.exists()
    }


def plain(root: Path) -> Path:
    git(root, "init")
    return root


def below(root: Path) -> Path:
    plain(root)
    (root / "news").mkdir()
    return root / "news"


def worktree(root: Path) -> Path:
    (root / "main").mkdir()
    commit(plain(root / "main"))
    git(root / "main", "worktree", "add", "../other")
    return root / "other"


@pytest.mark.parametrize("make", [plain, below, worktree], ids=lambda make: make.__name__)
def test_a_commit_changes_them(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    folder = make(tmp_path)
    states = [seen(folder)]
    for _ in range(2):
        commit(folder)
        states.append(seen(folder))
    assert states[0] != states[1] != states[2]


def test_a_repository_that_begins_changes_them(tmp_path: Path) -> None:
    names = commit_files(tmp_path)
    before = [Path(name).exists() for name in names]
    git(tmp_path, "init")
    assert [Path(name).exists() for name in names] != before


def test_what_is_no_repository_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"\xff\xfe")
    assert str(tmp_path / ".git") in commit_files(tmp_path)
