"""Bytes of a text file in, Unicode text out: UTF-8, line ends `\\n`, normal form C.

Control characters other than NUL stay: the cleaner reports them.
"""

import codecs
import re
import unicodedata

from publisher.errors import PublishError

_AS_UTF8 = "save it as UTF-8"
_OTHER_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
# Putting combining marks in canonical order takes quadratic time: 80,000 of them take 10 seconds.
# Unicode's Stream-Safe Text Format (UAX #15, section 13) allows 30 in a row.
_MAX_MARKS = 200
_PERHAPS_MARKS = re.compile(r"[^\x00-\x7f]+")


def decode(where: str, raw: bytes) -> str:
    """The text of `raw`, without a byte order mark.

    Raises PublishError (`where:line`) for UTF-16 and UTF-32, invalid UTF-8, NUL, and combining marks
    in such numbers that only an attack has them.
    """
    for mark, name in _OTHER_MARKS.items():
        if raw.startswith(mark):
            raise PublishError(f"{where}:1", f"the file is {name}", _AS_UTF8)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_of(raw, error.start)
        message = f"invalid UTF-8: byte 0x{raw[error.start]:02x} at offset {error.start}"
        raise PublishError(f"{where}:{line}", message, _AS_UTF8) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise PublishError(f"{where}:{line}", "a NUL character", f"remove it, or {_AS_UTF8}")
    if len(raw) - len(text) > _MAX_MARKS:  # each mark takes at least two bytes
        _refuse_marks(where, text)
    return unicodedata.normalize("NFC", text)


def _refuse_marks(where: str, text: str) -> None:
    for found in _PERHAPS_MARKS.finditer(text):
        run = found.group()
        if len(run) > _MAX_MARKS and sum(map(bool, map(unicodedata.combining, run))) > _MAX_MARKS:
            line = text.count("\n", 0, found.start()) + 1
            message = f"more than {_MAX_MARKS} combining marks in a row"
            raise PublishError(f"{where}:{line}", message, "remove them")


def _line_of(raw: bytes, offset: int) -> int:
    """The number of the line that holds byte `offset`; CR LF, CR and LF end a line."""
    ends = raw.count(b"\n", 0, offset) + raw.count(b"\r", 0, offset) - raw.count(b"\r\n", 0, offset)
    return ends + 1
