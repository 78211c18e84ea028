"""`publish digest` at the keyboard: what it freezes, what it says, how it ends."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.store.ledger import Issued, Ledger
from tests.work.projects import CONFIGURATION, make, write

NOW = "2026-11-21T06:00Z"  # a Saturday
NEXT = "2026-11-22T06:00Z"
LETTERS = """
[newsletter]
sender = "news@ledger.example.org"
unsubscribe = "https://ledger.example.org/leave/{token}"
"""
SEVERAL = f"""{LETTERS}
[newsletters.daily]

[newsletters.town]
every = "week"
on = "monday"
sections = ["Town"]

[newsletters.sport]
sections = ["Sport"]
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def publication(root: Path, more: str = LETTERS) -> Path:
    return make(root, configuration=CONFIGURATION + more)


def issues(root: Path, name: str = "daily") -> tuple[Issued, ...]:
    return Ledger(root / ".publish" / "ledger.sqlite").issues(name)


def test_plain_it_freezes_what_is_due(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    code, out, err = run("-C", root, "digest", "--now", NOW)
    assert (code, err) == (0, "")
    assert out.startswith("digest daily of 2026-11-21: 1 article, ")
    assert out.endswith("-> frozen\n")
    (row,) = issues(root)
    assert row.handed_at is None
    assert "frozen already" in run("-C", root, "digest", "--now", "2026-11-21T07:00Z")[1]
    assert issues(root) == (row,)


def test_anew_while_it_has_not_gone_out(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    story = root / "content/town/2026-11-20-wrong.md"
    write(story, "---\ntitle: All wrong\n---\n\nNothing of this is true.\n")
    assert "2 articles" in run("-C", root, "digest", "--now", "2026-11-21T10:00Z")[1]
    story.unlink()
    (old,) = issues(root)
    assert run("-C", root, "digest", "--anew", "--now", "2026-11-21T10:05Z")[0] == 0
    (new,) = issues(root)
    assert old.id < new.id
    text = tmp_path / "a.txt"
    run("-C", root, "digest", "--text", text, "--now", "2026-11-21T10:10Z")
    assert "All wrong" not in text.read_text("utf-8")
    code, _, err = run("-C", root, "digest", "--anew", "--now", "2026-11-21T10:15Z")
    assert code == 2
    assert "its issue of 2026-11-21 has gone out already" in err


def test_anew_with_nothing_left_leaves_nothing_to_send(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    run("-C", root, "digest", "--now", NOW)
    for file in (root / "content/town").iterdir():
        file.unlink()
    (root / "content/harbour/2026-11-18-ferry.md").unlink()
    assert run("-C", root, "digest", "--anew", "--fail-if-empty", "--now", "2026-11-21T07:00Z")[0] == 3
    assert issues(root) == ()


def test_files_hand_it_over(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    run("-C", root, "digest", "--now", NOW)
    code, _, _ = run("-C", root, "digest", "--eml", tmp_path / "a.eml", "--now", "2026-11-21T07:00Z")
    assert code == 0
    assert b"\r\nTo: <news@ledger.example.org>\r\n" in (tmp_path / "a.eml").read_bytes()
    assert issues(root)[0].handed_at
    code, _, err = run("-C", root, "digest", "--now", NEXT)
    assert code == 0
    assert "daily: nothing new since the last issue" in err
    assert run("-C", root, "digest", "--fail-if-empty", "--now", NEXT)[0] == 3


@pytest.mark.parametrize(
    "look", [["--list"], ["--dry-run"], ["--dry-run", "--html", "a.html"], ["--date", "2026-11-20"]]
)
def test_looking_freezes_nothing(
    run: Run, tmp_path: Path, look: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = publication(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("-C", root, "digest", *look, "--now", NOW)
    assert code == 0
    assert "Night market opens" in out or (tmp_path / "a.html").exists()
    assert not (root / ".publish/ledger.sqlite").exists()


def test_all_that_are_due_and_only_those(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path, SEVERAL)
    code, out, err = run("-C", root, "digest", "--now", NOW)
    assert code == 0
    assert "digest daily of 2026-11-21" in out
    assert "town: not due today, but on 2026-11-23 (--early makes it now)" in err
    assert "sport: nothing new" in err
    assert (len(issues(root)), issues(root, "town"), issues(root, "sport")) == (1, (), ())
    code, out, _ = run("-C", root, "digest", "--newsletter", "town", "--list", "--now", NOW)
    assert "A timetable for the winter" in out
    assert run("-C", root, "digest", "--newsletter", "town", "--fail-if-empty", "--now", NOW)[0] == 3
    assert run("-C", root, "digest", "--newsletter", "town", "--early", "--now", NOW)[0] == 0
    assert len(issues(root, "town")) == 1


def test_a_file_holds_one_newsletter(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path, SEVERAL)
    code, _, err = run("-C", root, "digest", "--html", tmp_path / "a.html", "--now", NOW)
    assert code == 2
    assert "--newsletter NAME (daily, town, sport)" in err
    code, _, _ = run(
        "-C", root, "digest", "--newsletter", "daily", "--html", tmp_path / "a.html", "--now", NOW
    )
    assert code == 0
    assert issues(root)[0].handed_at


def test_a_newsletter_nobody_knows(run: Run, tmp_path: Path) -> None:
    code, _, err = run("-C", publication(tmp_path, SEVERAL), "digest", "--newsletter", "twon", "--now", NOW)
    assert code == 2
    assert "there is no newsletter 'twon' (known: daily, town, sport)" in err


def test_the_clock_may_not_go_back_over_an_issue(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    run("-C", root, "digest", "--now", NEXT)
    code, _, err = run("-C", root, "digest", "--now", NOW)
    assert code == 2
    assert "later than now" in err
    assert "publish digest --mend-clock" in err
    assert len(issues(root)) == 1


def test_a_clock_that_was_ahead_is_mended(run: Run, tmp_path: Path) -> None:
    """What went out under it stays, and nothing of it goes out again; what did not is made anew."""
    root = publication(tmp_path)
    ahead = "2027-03-01T06:00Z"
    assert run("-C", root, "digest", "--now", ahead)[0] == 0
    code, _, err = run("-C", root, "digest", "--mend-clock", "--now", NOW)
    assert (code, "1 issue of later days" in err) == (0, True)
    (made,) = issues(root)
    assert made.day.isoformat() == "2026-11-21"
    assert run("-C", root, "digest", "--html", tmp_path / "a.html", "--now", ahead)[0] == 0
    write(root / "content/town/bell.md", "---\ntitle: The bell\ndate: 2026-11-21T20:00Z\n---\n\nIt rang.\n")
    assert run("-C", root, "digest", "--now", NEXT)[0] == 2
    assert run("-C", root, "digest", "--mend-clock", "--now", NEXT)[0] == 0
    gone, made = sorted((row for row in issues(root) if not row.superseded_at), key=lambda row: -row.day.year)
    assert (gone.day.isoformat(), gone.handed_at) == ("2027-03-01", datetime.fromisoformat(NEXT))
    assert (made.day.isoformat(), set(made.articles) & set(gone.articles)) == ("2026-11-22", set())
    assert len(made.articles) == 1
    assert run("-C", root, "digest", "--mend-clock", "--now", NEXT)[2].count("later days") == 0


def test_one_newsletters_mistake_does_not_keep_the_others(run: Run, tmp_path: Path) -> None:
    root = publication(
        tmp_path, SEVERAL.replace("[newsletters.daily]", "[newsletters.daily]\nsender = 'a@b..de'")
    )
    write(root / "content/sport/2026-11-21-race.md", "---\ntitle: Race\nsection: Sport\n---\n\nThe race.\n")
    code, _, err = run("-C", root, "digest", "--now", NOW)
    assert code == 2
    assert "sender" in err
    assert (issues(root), len(issues(root, "sport"))) == ((), 1)


def test_quiet_says_nothing(run: Run, tmp_path: Path) -> None:
    root = publication(tmp_path)
    assert run("-q", "-C", root, "digest", "--now", NOW) == (0, "", "")
