"""Which articles were published, and what they said: records of the ledger, in and out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from publisher.arrange.published import Name, Record
from publisher.store.ledger_file import create, damaged, exists, opened

_names = msgspec.json.Decoder(tuple[Name, ...])
_COLUMNS = "id, written, seen, changed, url, title, date, names, withdrawn"
_Row = tuple[str, str, str, str | None, str, str, str, str, str | None]


class Published:
    """The records in the ledger at `path`. The file is made by the first row, never by reading."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def records(self) -> Mapping[str, Record]:
        """All of them, by id. Raises PublishError, or Locked, as `keep`."""
        if not exists(self._path):
            return {}
        with opened(self._path) as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM published").fetchall()  # noqa: S608 - a constant
        try:
            return {row[0]: _record(row) for row in rows}
        except (ValueError, TypeError) as error:
            raise damaged(self._path) from error

    def keep(self, records: Iterable[Record]) -> None:
        """Adds or replaces records, all or none, safe on the disk. Without any, nothing is touched.

        Raises PublishError: a damaged or newer ledger, a disk that refuses. Raises Locked if another
        program has the ledger for more than half a minute.
        """
        rows = [_row(each) for each in records]
        if not rows:
            return
        if not exists(self._path):
            create(self._path)
        with opened(self._path) as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(
                f"INSERT OR REPLACE INTO published ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                rows,
            )
            db.execute("COMMIT")


def _record(row: _Row) -> Record:
    moment = datetime.fromisoformat
    key, written, seen, changed, url, title, date, names, withdrawn = row
    return Record(
        key,
        written,
        seen,
        moment(changed) if changed else None,
        url,
        title,
        moment(date),
        _names.decode(names),
        moment(withdrawn) if withdrawn else None,
    )


def _row(each: Record) -> _Row:
    """Raises ValueError for a moment without zone, which is a bug."""
    moments = (each.changed, each.date, each.withdrawn)
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise ValueError("a moment without a zone cannot go into the ledger")
    changed, date, withdrawn = (moment.isoformat() if moment else None for moment in moments)
    names = msgspec.json.encode(each.names).decode()
    return (each.id, each.written, each.seen, changed, each.url, each.title, date or "", names, withdrawn)
