"""Lines that could not be read -> a CSV file of them, each with its number and why, made by the first."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from publisher.audience.formulas import defuse, restore
from publisher.store.failures import naming


class Rejects:
    """The file at `path`, for its owner's eyes alone; None: nowhere. Raises PublishError, as files do.

    Mended, it can be imported as it is: the two columns more are ignored.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._header: Sequence[str] = ()
        self._stream: TextIO | None = None

    def begin(self, header: Sequence[str]) -> None:
        """Names the columns; none, if the list names none."""
        self._header = header

    def add(self, line: int, cells: Sequence[str], problem: str) -> None:
        """Puts a line there."""
        if self._path is None:
            return
        with naming(self._path, "write the bad lines"):
            if self._stream is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
                file = os.open(self._path, flags, 0o600)
                self._stream = os.fdopen(file, "w", encoding="utf-8", newline="")
                if self._header:
                    self._write((*self._header, "line", "problem"))
            missing = [""] * (len(self._header) - len(cells))
            self._write((*cells, *missing, str(line), problem) if self._header else (*cells,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream and self._path:
            with naming(self._path, "write the bad lines"):
                self._stream.close()

    def _write(self, cells: Sequence[str]) -> None:
        assert self._stream  # noqa: S101  (opened by `add`)
        csv.writer(self._stream, lineterminator="\n").writerow([defuse(restore(cell)) for cell in cells])
