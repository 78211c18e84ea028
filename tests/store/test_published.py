"""Records of published articles, in the ledger."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from publisher.arrange.published import Record
from publisher.errors import PublishError
from publisher.store import ledger_file
from publisher.store.ledger import Issued, Ledger, Letter
from publisher.store.published import Published

MOMENT = datetime(2026, 11, 21, 6, tzinfo=UTC)
RECORD = Record(
    "urn:ü", "w", "s", None, "/2026/größe/", "“Quoted”\n", MOMENT, (("tag", "a"), ("language", "de"))
)
CHANGED = RECORD._replace(
    id="b", changed=datetime(2026, 11, 22, tzinfo=timezone(timedelta(hours=1))), withdrawn=MOMENT
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".publish" / "ledger.sqlite"


def test_reading_and_writing_nothing_make_no_file(path: Path) -> None:
    Published(path).keep(())
    assert Published(path).records() == {}
    assert not path.parent.exists()


def test_records_come_back_as_they_went_in_and_are_replaced(path: Path) -> None:
    Published(path).keep((RECORD, CHANGED))
    assert Published(path).records() == {"urn:ü": RECORD, "b": CHANGED}
    Published(path).keep((CHANGED._replace(withdrawn=None),))
    assert Published(path).records() == {"urn:ü": RECORD, "b": CHANGED._replace(withdrawn=None)}


def test_a_moment_without_zone_is_a_bug(path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        Published(path).keep((RECORD._replace(date=datetime(2026, 1, 1)),))
    assert Published(path).records() == {}


def test_a_ledger_from_before_the_table_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = Issued("daily", date(2026, 3, 2), None, MOMENT, MOMENT, ("a",))
    letter = Letter(*("",) * 5, b"", b"", *("",) * 5)
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file, "MIGRATIONS", ledger_file.MIGRATIONS[:2])
        frozen = Ledger(path).freeze(issued, letter, ())
    assert Published(path).records() == {}
    Published(path).keep((RECORD,))
    assert Published(path).records() == {RECORD.id: RECORD}
    assert Ledger(path).issues("daily") == (frozen,)
    assert path.with_name("ledger.sqlite.v2").exists()


@pytest.mark.parametrize("change", ["date = 'soon'", "changed = 'soon'", "names = 'soon'"])
def test_a_row_that_nobody_of_us_wrote(path: Path, change: str) -> None:
    Published(path).keep((RECORD,))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"UPDATE published SET {change}")  # noqa: S608 - written above
    with pytest.raises(PublishError, match="damaged"):
        Published(path).records()
