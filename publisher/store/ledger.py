"""What has been sent, and may never be lost or done twice: `.publish/ledger.sqlite`. Rows in, rows out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.ledger_file import create, damaged, exists, opened


@dataclass(frozen=True, slots=True)
class Issued:
    """An issue of a newsletter: the articles (by id) published after `since` and up to `until`.

    `day` is its local date and, with the newsletter, its key. The moments are aware; `since` is None for
    the first issue.
    """

    newsletter: str
    day: date
    since: datetime | None
    until: datetime
    frozen_at: datetime
    articles: tuple[str, ...]


class Ledger:
    """The ledger at `path`. The file is made by the first row, never by reading."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def issues(self, newsletter: str) -> tuple[Issued, ...]:
        """All issues of a newsletter, the oldest first. Raises PublishError, or Locked, as `record`."""
        if not exists(self._path):
            return ()
        with opened(self._path) as db:
            rows = db.execute(
                "SELECT newsletter, day, since, until, frozen_at, articles FROM issues"
                " WHERE newsletter = ? ORDER BY day",
                [newsletter],
            ).fetchall()
        return tuple(self._issued(row) for row in rows)

    def record(self, issued: Issued) -> None:
        """Adds an issue, safe on the disk. The same again changes nothing; another of that day is an error.

        Raises PublishError: a damaged or newer ledger, a disk that refuses. Raises Locked if another
        program has the ledger for more than 5 seconds.
        """
        if not exists(self._path):
            create(self._path)
        with opened(self._path) as db:
            db.execute("BEGIN IMMEDIATE")
            row = _row(issued)
            done = db.execute(
                "INSERT INTO issues (newsletter, day, since, until, frozen_at, articles, handed_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5) ON CONFLICT DO NOTHING",
                row,
            ).rowcount
            db.execute("COMMIT")
        if not done and issued not in self.issues(issued.newsletter):
            message = f"another issue of {issued.newsletter} is recorded for {issued.day}"
            raise PublishError(str(self._path), message, "an issue is never changed once it is recorded")

    def _issued(self, row: Sequence[str]) -> Issued:
        newsletter, day, since, until, frozen_at, articles = row
        moment = datetime.fromisoformat
        try:
            return Issued(
                newsletter,
                date.fromisoformat(day),
                moment(since) if since else None,
                moment(until),
                moment(frozen_at),
                tuple(json.loads(articles)),
            )
        except (ValueError, TypeError) as error:
            raise damaged(self._path) from error


def _row(issued: Issued) -> tuple[str | None, ...]:
    moments = (issued.since, issued.until, issued.frozen_at)
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise ValueError("a moment without a zone cannot go into the ledger")
    since, until, frozen_at = (moment.isoformat() if moment else None for moment in moments)
    articles = json.dumps(issued.articles, ensure_ascii=False)
    return issued.newsletter, issued.day.isoformat(), since, until, frozen_at, articles
