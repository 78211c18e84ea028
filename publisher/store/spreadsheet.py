"""A CSV file in, its rows with their line numbers out, one by one; and rows in, a file out (RFC 4180)."""

import codecs
import csv
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, TextIO

from publisher.audience.formulas import defuse
from publisher.errors import PublishError
from publisher.store.failures import naming

_LINE = 1_000_000  # characters of the longest line
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t"
_STEP = 1_000  # rows between two reports of progress


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the number of its first line, counted from 1; `problem` where it cannot be taken apart."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@contextmanager
def seekable(path: Path, stream: BinaryIO | None) -> Iterator[BinaryIO]:
    """The file at `path`, or what `stream` brings, put into a temporary file first."""
    if stream is None:
        with naming(path, "read it"):
            file = path.open("rb")
        with file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def read_rows(
    file: BinaryIO, where: str, encoding: str, delimiter: str, tell: Callable[[int, int], None]
) -> Generator[Row]:
    """All rows but blank ones. Empty `encoding`: by the byte order mark, else UTF-8; empty `delimiter`: that
    of `,`, `;` and tab which the first line has most of. `tell` hears bytes done and bytes in all.

    Raises PublishError (`where:line`) for bytes that are no text in this encoding.
    """
    total = os.fstat(file.fileno()).st_size
    encoding = encoding or _encoding(file, where)
    text = io.TextIOWrapper(file, encoding, newline="")
    lines = _lines(text, where)
    try:
        first = next(lines, "")
        for number, row in enumerate(_rows(chain([first], lines), delimiter or _delimiter(first))):
            if number % _STEP == 0:
                tell(file.tell(), total)
            yield row
    except UnicodeDecodeError as error:
        raise _no_text(file, where, encoding) from error
    finally:
        text.detach()


def write_rows(stream: TextIO, rows: Iterable[Sequence[str]]) -> int:
    """Writes rows whose cells no spreadsheet program takes for formulas; how many there were."""
    writer = csv.writer(stream, lineterminator="\n")
    number = 0
    for row in rows:
        writer.writerow([defuse(cell) for cell in row])
        number += 1
    return number


def _lines(text: IO[str], where: str) -> Iterator[str]:
    """Lines of bounded length, so that a file without line ends does not fill the memory."""
    for number, line in enumerate(iter(lambda: text.readline(_LINE), ""), 1):
        if len(line) == _LINE:
            raise PublishError(
                f"{where}:{number}", f"a line of {_LINE:,} characters: this is no list of readers"
            )
        yield line


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, (), f"this is no row of a CSV file: {error}")
            continue
        if any(cells):
            yield Row(line, tuple(cells))


def _encoding(file: BinaryIO, where: str) -> str:
    head = file.read(4)
    file.seek(0)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        hint = "give its encoding: --encoding utf-16-le"
        raise PublishError(f"{where}:1", "this looks like UTF-16 without a byte order mark", hint)
    return "utf-8"


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _no_text(file: BinaryIO, where: str, encoding: str) -> PublishError:
    """Reads once more, by lines, to find the place."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    number = 0
    try:
        for line in iter(lambda: file.readline(_LINE), b""):
            number += 1
            decoder.decode(line)
    except UnicodeDecodeError:
        pass
    hint = "save it as UTF-8, or give its encoding: --encoding windows-1252 (latin-1)"
    return PublishError(f"{where}:{number}", f"this is no {encoding.upper()}", hint)
