"""The ledger loses nothing, is made by writing only, and is left alone when something is wrong with it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import Locked, PublishError
from publisher.store import ledger_file
from publisher.store.ledger import Issued, Ledger, Letter

BERLIN = timezone(timedelta(hours=1))
ISSUE = Issued(
    newsletter="daily",
    day=date(2026, 3, 2),
    since=None,
    until=datetime(2026, 3, 2, 6, 30, tzinfo=BERLIN),
    frozen_at=datetime(2026, 3, 2, 5, 30, 1, 5, tzinfo=UTC),
    articles=("a1", "\u00fc-2"),
)
NEXT = replace(ISSUE, day=date(2026, 3, 3), since=ISSUE.until, articles=())
LETTER = Letter(
    title="The Tide",
    language="en",
    subject="Fog",
    preheader="And more",
    lead="Fog again",
    message=b"From: \xf8\r\n",
    draft=b"",
    html="<p>\u00fc</p>",
    text="\u00fc\n",
    page="<p>page \u00fc</p>",
    feed="<h3>Fog again</h3>",
    image="",
)
LATER = datetime(2026, 3, 2, 9, tzinfo=UTC)


def freeze(path: Path, issued: Issued) -> Issued | None:
    """Frozen upon what there is now."""
    return Ledger(path).freeze(issued, LETTER, Ledger(path).issues(issued.newsletter))


def bare(path: Path, newsletter: str = "daily") -> tuple[Issued, ...]:
    """The issues without what the ledger gave them."""
    plain = (
        replace(row, id=0, handed_at=None, superseded_at=None) for row in Ledger(path).issues(newsletter)
    )
    return tuple(plain)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".publish" / "ledger.sqlite"


def statement(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        return db.execute(sql).fetchall()


def test_reading_makes_no_file(path: Path) -> None:
    assert Ledger(path).issues("daily") == ()
    assert not path.parent.exists()


def test_issues_come_back_as_they_went_in(path: Path) -> None:
    for issued in (NEXT, ISSUE, replace(ISSUE, newsletter="weekly")):
        made = freeze(path, issued)
        assert made
        assert Ledger(path).letter(made.id) == LETTER
    assert bare(path) == (ISSUE, NEXT)
    assert bare(path)[0].until.isoformat() == "2026-03-02T06:30:00+01:00"
    assert statement(path, "PRAGMA journal_mode") == [("wal",)]
    assert [file.name for file in path.parent.iterdir()] == ["ledger.sqlite"]


def test_what_may_not_be_sent_has_no_mail(path: Path) -> None:
    letter = replace(LETTER, message=b"", draft=b"From: \xf8\r\n")
    made = Ledger(path).freeze(ISSUE, letter, ())
    assert made
    assert Ledger(path).letter(made.id) == letter
    assert statement(path, "SELECT message IS NULL FROM letters") == [(1,)]


def test_an_issue_is_founded_on_what_was_seen(path: Path) -> None:
    """Two digests at once: the second finds the ledger changed, writes nothing and looks again."""
    ledger = Ledger(path)
    assert ledger.freeze(ISSUE, LETTER, ())
    assert ledger.freeze(replace(ISSUE, articles=("b",)), LETTER, ()) is None
    assert bare(path) == (ISSUE,)
    seen = ledger.issues("daily")
    assert ledger.hand_over(seen[0].id, LATER)
    assert ledger.freeze(NEXT, LETTER, seen) is None


def test_a_later_issue_supersedes_what_never_went_out(path: Path) -> None:
    first, other = freeze(path, ISSUE), freeze(path, replace(ISSUE, newsletter="weekly"))
    assert first
    assert other
    second = freeze(path, NEXT)
    assert second
    old, new = Ledger(path).issues("daily")
    assert (old.superseded_at, new.superseded_at) == (NEXT.frozen_at, None)
    assert Ledger(path).issues("weekly")[0].superseded_at is None
    assert not Ledger(path).hand_over(first.id, LATER)
    assert Ledger(path).hand_over(second.id, LATER)
    assert Ledger(path).hand_over(second.id, LATER + timedelta(days=1))
    assert [row.handed_at for row in Ledger(path).issues("daily")] == [None, LATER]
    assert {kept.issued.id for kept in Ledger(path).archive()} == {second.id, other.id}
    assert Ledger(path).pages() == {second.id: LETTER.page, other.id: LETTER.page}


def test_what_went_out_is_never_superseded(path: Path) -> None:
    first = freeze(path, ISSUE)
    assert first
    Ledger(path).hand_over(first.id, LATER)
    freeze(path, NEXT)
    assert [row.superseded_at for row in Ledger(path).issues("daily")] == [None, None]


def test_the_archive_tells_all_but_mails_and_pages(path: Path) -> None:
    first = freeze(path, ISSUE)
    assert first
    Ledger(path).hand_over(first.id, LATER)
    statement(path, FORMER)
    former, kept = Ledger(path).archive()
    assert former.letter is None
    assert former.issued.articles == ("x",)
    assert kept.letter == replace(LETTER, message=b"", html="", text="", page="")


FORMER = """
INSERT INTO issues (newsletter, day, since, until, frozen_at, articles, handed_at)
VALUES ('daily', '2026-03-01', NULL, '2026-03-01T05:00:00+00:00', '2026-03-01T05:00:00+00:00', '["x"]',
    '2026-03-01T05:00:00+00:00')
"""


def test_an_issue_and_its_letter_are_one_step(path: Path) -> None:
    freeze(path, ISSUE)
    torn = replace(LETTER, page=None)  # type: ignore[arg-type]  # what no column takes
    with pytest.raises(sqlite3.IntegrityError):
        Ledger(path).freeze(NEXT, torn, Ledger(path).issues("daily"))
    assert bare(path) == (ISSUE,)
    assert Ledger(path).issues("daily")[0].superseded_at is None


def test_a_moment_without_zone_is_a_bug(path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        freeze(path, replace(ISSUE, until=datetime(2026, 3, 2)))
    assert Ledger(path).issues("daily") == ()


@pytest.mark.parametrize(
    "raw", [b"", b"not a database at all, but text" * 100, b"SQLite format 3\0" + b"\0" * 4_080]
)
def test_what_is_no_ledger_is_named_and_left_as_it_is(path: Path, raw: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(raw)
    for act in (lambda: Ledger(path).issues("daily"), lambda: freeze(path, ISSUE)):
        with pytest.raises(PublishError, match="damaged"):
            act()
    assert path.read_bytes() == raw
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("end", [100, 1_000, 4_096, 5_000])
def test_a_ledger_cut_off_is_named_and_left_as_it_is(path: Path, end: int) -> None:
    freeze(path, ISSUE)
    raw = path.read_bytes()[:end]
    path.write_bytes(raw)
    with pytest.raises(PublishError, match="damaged"):
        freeze(path, NEXT)
    assert path.read_bytes() == raw


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_spoilt_bytes_never_end_in_anything_but_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    raw = bytearray(sound_ledger())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=8)):
        raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    try:
        Ledger(path).issues("daily")
    except PublishError as problem:
        assert problem.hint


@cache
def sound_ledger() -> bytes:
    with TemporaryDirectory() as place:
        path = Path(place, "ledger.sqlite")
        freeze(path, ISSUE)
        freeze(path, NEXT)
        return path.read_bytes()


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    statement(path, "CREATE TABLE theirs (x)")
    with pytest.raises(PublishError, match="something else"):
        freeze(path, ISSUE)
    assert statement(path, "SELECT name FROM sqlite_master") == [("theirs",)]


def test_a_row_that_nobody_of_us_wrote(path: Path) -> None:
    freeze(path, ISSUE)
    statement(path, "UPDATE issues SET until = 'soon'")
    with pytest.raises(PublishError, match="damaged"):
        Ledger(path).issues("daily")


def test_a_newer_ledger_is_left_to_a_newer_program(path: Path) -> None:
    freeze(path, ISSUE)
    statement(path, "PRAGMA user_version = 99")
    with pytest.raises(PublishError, match="version 99") as caught:
        Ledger(path).issues("daily")
    assert caught.value.hint == "update publish"


def test_the_log_of_a_lost_ledger_is_not_played_into_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("ledger.sqlite-wal").write_bytes(b"log")
    with pytest.raises(PublishError, match="file is gone"):
        freeze(path, ISSUE)
    assert not path.exists()


def test_a_migration_is_preceded_by_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(path, ISSUE)
    steps = (*ledger_file.MIGRATIONS, ("ALTER TABLE issues ADD COLUMN extra TEXT", "CREATE TABLE more (x)"))
    monkeypatch.setattr(ledger_file, "MIGRATIONS", steps)
    assert bare(path) == (ISSUE,)
    assert statement(path, "PRAGMA user_version") == [(len(steps),)]
    copy = path.with_name(f"ledger.sqlite.v{len(steps) - 1}")
    assert statement(copy, "PRAGMA user_version") == [(len(steps) - 1,)]
    assert statement(copy, "SELECT count(*) FROM issues") == [(1,)]


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(path, ISSUE)
    broken = ("CREATE TABLE more (x)", "CREATE TABLE more (x)")
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file, "MIGRATIONS", (*ledger_file.MIGRATIONS, broken))
        with pytest.raises(PublishError):
            Ledger(path).issues("daily")
    assert statement(path, "SELECT name FROM sqlite_master WHERE name = 'more'") == []
    assert bare(path) == (ISSUE,)


def test_another_program_in_the_middle_of_writing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(path, ISSUE)
    monkeypatch.setattr(ledger_file, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert bare(path) == (ISSUE,)
        with pytest.raises(Locked, match="another program uses the ledger"):
            freeze(path, NEXT)
    freeze(path, NEXT)
    assert len(Ledger(path).issues("daily")) == 2


def test_a_folder_without_rights(plain: Path) -> None:
    (plain / ".publish").mkdir(mode=0o500)
    with pytest.raises(PublishError, match="check"):
        freeze(plain / ".publish" / "ledger.sqlite", ISSUE)
    assert list((plain / ".publish").iterdir()) == []
