"""A CSV file of readers -> the ledger, in constant memory: every line is in it, or told with its number."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from publisher.audience.columns import Columns, Origin, headless, read_header
from publisher.audience.listed import Listed, Listing, read_row
from publisher.errors import PublishError
from publisher.store.intake import Merged, Vow, merge
from publisher.store.rejects import Rejects
from publisher.store.spreadsheet import Row, read_rows, seekable
from publisher.work.place import Place
from publisher.work.subscribing import chosen, keys_of, newsletters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of readers: at `path`, or what `stream` brings. Empty: found out from the file.

    `default`: the newsletters of lines that name none. `bad`: where lines go that cannot be read.
    """

    path: Path
    stream: BinaryIO | None = None
    encoding: str = ""
    delimiter: str = ""
    origin: Origin | None = None
    default: tuple[str, ...] = ()
    bad: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the lines; `bad` of them could not be read. `ignored`: headers nobody asked for."""

    merged: Merged
    bad: int
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of lines that cannot be read (number, why), and how far it is (what, done, of how much)."""

    refused: Callable[[int, str], None]
    progress: Callable[[str, int, int], None] = field(default=lambda _what, _done, _total: None)


def import_readers(place: Place, sheet: Sheet, vow: Vow, ears: Ears, *, dry_run: bool = False) -> Imported:
    """Brings all readable lines into the ledger at once.

    Raises PublishError for a file that is no list of readers, and what `intake.merge` raises; then
    nothing has changed.
    """
    if sheet.bad and sheet.bad.resolve() == sheet.path.resolve():
        raise PublishError(str(sheet.bad), "the bad lines cannot go where the list is", "name another file")
    if sheet.origin == "mailchimp" and sheet.path.name.startswith("nonsubscribed"):
        raise PublishError(str(sheet.path), "these people never agreed to mail", "import the other files")
    # With several newsletters each line has to name its own, unless the command says which is meant.
    default = chosen(place, sheet.default) if sheet.default or len(newsletters(place)) == 1 else ()
    with seekable(sheet.path, sheet.stream) as file, Rejects(sheet.bad) as rejects:

        def tell(done: int, total: int) -> None:
            ears.progress("reading", done, total)

        rows = read_rows(file, str(sheet.path), sheet.encoding, sheet.delimiter, tell)
        with closing(rows):
            columns, body = _columns(rows, sheet)
            rejects.begin(columns.header)
            refuse = _Refusing(ears, rejects)
            listing = Listing(columns, newsletters(place), default)
            lines = _listed(body, listing, refuse)
            ledger = place.state / "ledger.sqlite"
            merged = merge(ledger, keys_of(place, dry_run=dry_run), lines, vow, dry_run=dry_run)
        return Imported(merged, refuse.number, columns.ignored)


class _Refusing:
    """Counts the lines that cannot be read, tells of them and puts them aside."""

    def __init__(self, ears: Ears, rejects: Rejects) -> None:
        self.ears = ears
        self.rejects = rejects
        self.number = 0

    def __call__(self, row: Row, problem: str) -> None:
        self.number += 1
        self.ears.refused(row.line, problem)
        self.rejects.add(row.line, row.cells, problem)


def _columns(rows: Iterator[Row], sheet: Sheet) -> tuple[Columns, Iterator[Row]]:
    first = next(rows, None)
    where = f"{sheet.path}:{first.line if first else 1}"
    if first is None:
        raise PublishError(where, "the file is empty")
    try:
        if not sheet.origin and (columns := headless(first.cells)):
            return columns, chain([first], rows)
        return read_header(first.cells, sheet.origin), rows
    except ValueError as error:
        raise PublishError(where, str(error), "the first line names the columns: email,name,…") from error


def _listed(
    rows: Iterator[Row], listing: Listing, refuse: Callable[[Row, str], None]
) -> Iterator[tuple[int, Listed]]:
    for row in rows:
        try:
            if row.problem:
                raise ValueError(row.problem)  # noqa: TRY301  (told like all others)
            listed = read_row(row.cells, listing)
        except ValueError as error:
            refuse(row, str(error))
            continue
        yield row.line, listed
