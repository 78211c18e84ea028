"""What has been sent, and may never be lost or done twice: `.publish/ledger.sqlite`. Rows in, rows out."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from publisher.store.ledger_file import create, damaged, exists, opened

_ROW = "id, newsletter, day, since, until, frozen_at, articles, handed_at, superseded_at"


@dataclass(frozen=True, slots=True)
class Issued:
    """An issue of a newsletter: the articles (by id) published after `since` and up to `until`.

    `day` is its local date and, with the newsletter, its key. The moments are aware. `handed_at`: when it
    was sent, or written to files; `superseded_at`: when a later one took its articles, because it never
    was. `since` is None for first issues in ledgers of former times. `id` is given by the ledger.
    """

    newsletter: str
    day: date
    since: datetime | None
    until: datetime
    frozen_at: datetime
    articles: tuple[str, ...]
    handed_at: datetime | None = None
    superseded_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """What an issue says, made once.

    `title` is the newsletter's, `lead` that of the first story. `message` is the mail with its marks, empty
    where it may not be sent; `draft` is that mail then, if there is a sender. `html` and `text` are its
    parts, `page` the page on the site, `feed` a fragment for feeds with `image` (JSON, or empty).
    """

    title: str
    language: str
    subject: str
    preheader: str
    lead: str
    message: bytes
    draft: bytes
    html: str
    text: str
    page: str
    feed: str
    image: str


# A mail that may not be sent is none at all in the ledger, so that no sender comes upon it.
_WRITE = """
INSERT INTO letters
    (issue, title, language, subject, preheader, lead, message, draft, html, text, page, feed, image)
VALUES (?, ?, ?, ?, ?, ?, nullif(?, x''), ?, ?, ?, ?, ?, ?)
"""
_READ = """
SELECT title, language, subject, preheader, lead, coalesce(message, x''), draft, html, text, page, feed, image
FROM letters WHERE issue = ?
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An issue of the archive and what lists and feeds tell of it; None for one of former times.

    Its mail and page are left out (empty).
    """

    issued: Issued
    letter: Letter | None


class Ledger:
    """The ledger at `path`. The file is made by the first row, never by reading."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def issues(self, newsletter: str) -> tuple[Issued, ...]:
        """All issues of a newsletter, the oldest first. Raises PublishError, or Locked, as `freeze`."""
        if not exists(self._path):
            return ()
        with opened(self._path) as db:
            return self._issues(db, newsletter)

    def freeze(self, issued: Issued, letter: Letter, seen: Sequence[Issued]) -> Issued | None:
        """Adds an issue with what it says, in one step that is safe on the disk; the same with its id.

        Earlier ones that were never handed over are superseded by it. None, and nothing is written, when
        the newsletter's issues are no longer those in `seen`, on which the new one is founded.

        Raises PublishError: a damaged or newer ledger, a disk that refuses. Raises Locked if another
        program has the ledger for more than half a minute.
        """
        row = _row(issued)
        if not exists(self._path):
            create(self._path)
        with opened(self._path) as db:
            db.execute("BEGIN IMMEDIATE")
            if self._issues(db, issued.newsletter) != tuple(seen):
                db.execute("ROLLBACK")
                return None
            db.execute(
                "UPDATE issues SET superseded_at = ?"
                " WHERE newsletter = ? AND handed_at IS NULL AND superseded_at IS NULL",
                [issued.frozen_at.isoformat(), issued.newsletter],
            )
            number = _insert(db, row)
            db.execute(_WRITE, (number, *astuple(letter)))
            db.execute("COMMIT")
        return replace(issued, id=number)

    def hand_over(self, issue: int, at: datetime) -> bool:
        """Notes that the issue has gone out, if that is not noted yet; False for one that was superseded."""
        with opened(self._path) as db:
            db.execute(
                "UPDATE issues SET handed_at = coalesce(handed_at, ?) WHERE id = ? AND superseded_at IS NULL",
                [_aware(at), issue],
            )
            found = db.execute(
                "SELECT 1 FROM issues WHERE id = ? AND superseded_at IS NULL", [issue]
            ).fetchone()
        return found is not None

    def withdraw(self, issue: int) -> bool:
        """Takes a frozen issue out again, as if it had never been; False for one that has gone out."""
        with opened(self._path) as db:
            db.execute("BEGIN IMMEDIATE")
            found = db.execute("SELECT 1 FROM issues WHERE id = ? AND handed_at IS NULL", [issue]).fetchone()
            if found:
                db.execute("DELETE FROM letters WHERE issue = ?", [issue])
                db.execute("DELETE FROM issues WHERE id = ?", [issue])
            db.execute("COMMIT")
        return found is not None

    def letter(self, issue: int) -> Letter | None:
        """What an issue said; None where that was not kept."""
        if not exists(self._path):
            return None
        with opened(self._path) as db:
            row = db.execute(_READ, [issue]).fetchone()
        return Letter(*row) if row else None

    def archive(self) -> tuple[Kept, ...]:
        """Every issue that was frozen and not superseded, the oldest first; without mails and pages.

        One that was not handed over yet is among them: its mails lead to its page.
        """
        if not exists(self._path):
            return ()
        with opened(self._path) as db:
            rows = db.execute(
                f"SELECT {_ROW}, title, language, subject, preheader, lead, feed, image FROM issues"  # noqa: S608 - names of our own
                " LEFT JOIN letters ON letters.issue = issues.id WHERE superseded_at IS NULL"
                " ORDER BY day, newsletter"
            ).fetchall()
        return tuple(Kept(self._issued(row[:9]), _told(row[9:])) for row in rows)

    def pages(self) -> dict[int, str]:
        """The page of every issue in the archive that has one."""
        if not exists(self._path):
            return {}
        with opened(self._path) as db:
            return dict(
                db.execute(
                    "SELECT issue, page FROM letters JOIN issues ON letters.issue = issues.id"
                    " WHERE superseded_at IS NULL"
                )
            )

    def _issues(self, db: sqlite3.Connection, newsletter: str) -> tuple[Issued, ...]:
        rows = db.execute(f"SELECT {_ROW} FROM issues WHERE newsletter = ? ORDER BY day", [newsletter])  # noqa: S608 - names of our own
        return tuple(self._issued(row) for row in rows.fetchall())

    def _issued(self, row: Sequence[str]) -> Issued:
        number, newsletter, day, since, until, frozen_at, articles, handed_at, superseded_at = row
        moment = datetime.fromisoformat
        try:
            return Issued(
                newsletter,
                date.fromisoformat(day),
                moment(since) if since else None,
                moment(until),
                moment(frozen_at),
                tuple(json.loads(articles)),
                moment(handed_at) if handed_at else None,
                moment(superseded_at) if superseded_at else None,
                int(number),
            )
        except (ValueError, TypeError) as error:
            raise damaged(self._path) from error


def _told(row: Sequence[str]) -> Letter | None:
    if not any(row):
        return None  # the outer join found none
    title, language, subject, preheader, lead, feed, image = row
    return Letter(title, language, subject, preheader, lead, b"", b"", "", "", "", feed, image)


def _insert(db: sqlite3.Connection, row: tuple[str | None, ...]) -> int:
    names = _ROW.partition(", ")[2]
    statement = f"INSERT INTO issues ({names}) VALUES ({_places(row)}) RETURNING id"  # noqa: S608 - names of our own
    (number,) = db.execute(statement, row).fetchone()
    return int(number)


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _aware(moment: datetime | None) -> str | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot go into the ledger")
    return moment.isoformat() if moment else None


def _row(issued: Issued) -> tuple[str | None, ...]:
    articles = json.dumps(issued.articles, ensure_ascii=False)
    first = map(_aware, (issued.since, issued.until, issued.frozen_at))
    last = map(_aware, (issued.handed_at, issued.superseded_at))
    return issued.newsletter, issued.day.isoformat(), *first, articles, *last
