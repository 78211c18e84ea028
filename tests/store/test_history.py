"""The first commit of each file, asked of a real git."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.store import history
from publisher.store.history import first_commits

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
HOSTILE = [
    "new\nline.md",
    "-n.md",
    "'quote\".md",
    "\u00fc \U0001f600.md",
    "--output=x.md",
    ":(glob)*.md",
    "a\tb.md",
]


class Repository:
    """A repository whose commits say which day they are of."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> None:
        """Runs git with this author date."""
        who = {
            f"GIT_{role}_{part}": "x@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        when = {"GIT_AUTHOR_DATE": f"{day}T10:00:00+02:00", "GIT_COMMITTER_DATE": "2030-01-01T00:00:00Z"}
        subprocess.run(
            ["git", *arguments], cwd=self.root, env=os.environ | who | when, check=True, capture_output=True
        )

    def commit(self, day: str, *names: str, text: str = "text") -> None:
        for name in names:
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{text} {day}")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", day, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def days(root: Path, *paths: str) -> dict[str, str]:
    return {path: moment.isoformat() for path, moment in first_commits(root, paths).items()}


def test_the_first_commit_counts_with_its_offset(repository: Repository) -> None:
    repository.commit("2026-03-01", "content/a.md", "outside.md")
    repository.commit("2026-03-02", "content/a.md", "content/sub/b.md")
    (repository.root / "content" / "untracked.md").write_text("")
    assert days(repository.root / "content", "a.md", "sub/b.md", "untracked.md", "outside.md") == {
        "a.md": "2026-03-01T10:00:00+02:00",
        "sub/b.md": "2026-03-02T10:00:00+02:00",
    }


def test_a_file_that_was_away_keeps_its_first_day(repository: Repository) -> None:
    repository.commit("2026-03-01", "a.md", "keep.md")
    (repository.root / "a.md").unlink()
    repository.commit("2026-03-02")
    repository.commit("2026-03-03", "a.md")
    assert days(repository.root, "a.md") == {"a.md": "2026-03-01T10:00:00+02:00"}


def test_a_file_that_came_by_a_merge(repository: Repository) -> None:
    repository.commit("2026-03-01", "a.md")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("2026-03-02", "side.md")
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-03-03", "main.md")
    repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "side", day="2026-03-04")
    assert days(repository.root, "side.md") == {"side.md": "2026-03-02T10:00:00+02:00"}


def test_hostile_names(repository: Repository) -> None:
    repository.commit("2026-03-01", *HOSTILE)
    assert days(repository.root, *HOSTILE) == dict.fromkeys(HOSTILE, "2026-03-01T10:00:00+02:00")
    assert sorted(file.name for file in repository.root.iterdir() if file.is_file()) == sorted(HOSTILE)


def test_a_name_in_another_unicode_form(repository: Repository) -> None:
    repository.commit("2026-03-01", "u\u0308.md")
    assert list(days(repository.root, "\u00fc.md")) == ["\u00fc.md"]


def test_the_surroundings_do_not_matter(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2026-03-01", "a.md")
    decoy = Repository(tmp_path / "decoy")
    decoy.commit("2020-01-01", "a.md")
    (tmp_path / "gitconfig").write_text(
        "[log]\n\tshowSignature = true\n\tdate = relative\n[core]\n\tpager = false\n\tquotePath = true\n"
        "[diff]\n\trenames = copies\n\torderFile = /nowhere\n[color]\n\tui = always\n"
        "[format]\n\tpretty = oneline\n"
    )
    monkeypatch.setenv("GIT_DIR", str(decoy.root / ".git"))
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "0")
    monkeypatch.setenv("GIT_PAGER", "false")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "gitconfig").rename(tmp_path / ".gitconfig")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert days(repository.root, "a.md") == {"a.md": "2026-03-01T10:00:00+02:00"}


def test_a_shallow_clone_does_not_make_up_dates(repository: Repository, tmp_path: Path) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        repository.commit(day, f"{day}.md")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=2", repository.root.as_uri(), str(clone))
    assert days(clone, "2026-03-01.md", "2026-03-02.md", "2026-03-03.md") == {
        "2026-03-03.md": "2026-03-03T10:00:00+02:00"
    }


def test_without_repository_commit_or_folder(tmp_path: Path) -> None:
    assert first_commits(tmp_path, ["a.md"]) == {}
    assert first_commits(tmp_path / "nowhere", ["a.md"]) == {}
    assert first_commits(Repository(tmp_path / "empty").root, ["a.md"]) == {}


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert first_commits(tmp_path, ["a.md"]) == {}


def test_a_git_that_hangs_is_left(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2026-03-01", "a.md")
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nexec sleep 30\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(history, "_SECONDS", 0.1)
    assert first_commits(repository.root, ["a.md"]) == {}


def test_moments_are_aware(repository: Repository) -> None:
    repository.commit("2026-03-01", "a.md")
    assert first_commits(repository.root, ["a.md"])["a.md"] == datetime(2026, 3, 1, 8, tzinfo=UTC)
