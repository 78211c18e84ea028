"""Texts in -> header values out that are ASCII and can hold nothing but what they say.

Python before 3.11.10 writes a line break that hides in an encoded word as a real one (CVE-2024-6923).
So no text goes into a header as it is unless it is short, ASCII and free of `=?`; and `verify.py` reads
the finished bytes again.
"""

from dataclasses import dataclass
from email.header import Header
from email.utils import quote

from publisher.newsletter.text import tidy

_LINE = 76


@dataclass(frozen=True, slots=True)
class Field:
    """One header: `value` is ready for the wire (folded lines begin with a space)."""

    name: str
    value: str


def unstructured(name: str, text: str) -> Field:
    """A header of free text such as Subject: as it is, or as encoded words (RFC 2047)."""
    line = tidy(text)
    if line.isascii() and "=?" not in line and len(name) + 2 + len(line) <= _LINE:
        return Field(name, line)
    return Field(name, _encoded(line, name))


def phrase(text: str, name: str) -> str:
    """A display name: as a quoted string, or as encoded words."""
    line = tidy(text)
    if line.isascii() and "=?" not in line and len(line) <= _LINE // 2:
        return f'"{quote(line)}"'
    return _encoded(line, name)


def _encoded(line: str, name: str) -> str:
    return Header(line, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")
