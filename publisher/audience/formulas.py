"""A cell of a spreadsheet <-> the same, so that no program takes it for a formula (OWASP: CSV Injection).

Quoting does not help: the quotes are gone once the file is read, and programs that split at another mark
begin a cell in the middle of ours. So an apostrophe goes before whatever could be a formula, at the
beginning of the cell and after every mark that might split it. Reading takes exactly that one back.
"""

import re

_START = r"(?:^|(?<=[,;|\t\r\n\"]))"  # where a program may begin a cell
_SIGN = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile(rf"{_START}([ \u00a0]*)(?='*{_SIGN})")
_DEFUSED = re.compile(rf"{_START}([ \u00a0]*)'(?='*{_SIGN})")


def defuse(cell: str) -> str:
    """The cell as it is written."""
    return _FORMULA.sub(r"\1'", cell)


def restore(cell: str) -> str:
    """The cell as it was before `defuse`; also what other programs have defused."""
    return _DEFUSED.sub(r"\1", cell) if "'" in cell else cell
