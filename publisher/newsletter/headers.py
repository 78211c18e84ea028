"""Texts and addresses in -> header values out that are ASCII and can hold nothing but what they say.

Python before 3.11.10 writes a line break that hides in an encoded word as a real one (CVE-2024-6923).
So no text goes into a header as it is unless it is short, ASCII and free of `=?`; and `verify` reads the
finished bytes again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header, decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import parseaddr, quote

from publisher.errors import PublishError
from publisher.newsletter.text import tidy

_LINE = 76
# Addresses as dot-atoms (RFC 5322, 3.4.1): what every mail server takes without quoting.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")


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


def mailbox(address: str, where: str) -> str:
    """The address in ASCII, its domain in IDNA. Raises PublishError when it is none."""
    local, at, domain = address.rpartition("@")
    try:
        host = domain.encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    right = at and len(local) <= 64 and "=?" not in local and _LOCAL.fullmatch(local) and len(host) <= 253
    if not right or not _DOMAIN.fullmatch(host):
        shown = tidy(address)[:80]
        raise PublishError(
            where, f"{shown!r} is not an e-mail address that mail servers take", "name@example.org"
        )
    return f"{local}@{host}"


def verify(raw: bytes, wanted: Sequence[Field], texts: Mapping[str, str]) -> None:
    """Reads a finished mail again and demands exactly the headers that were meant, in their order.

    `texts` tells what some of them say when decoded. Raises PublishError when a header is missing, new or
    says something else: such a mail is not sent.
    """
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    names = [field.name for field in wanted]
    lines = [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]
    read = BytesHeaderParser().parsebytes(raw)
    right = (
        not re.search(r"[^\r\n -~]|\r(?!\n)|(?<!\r)\n", head)
        and lines == names
        and read.keys() == names
        and all(_decoded(name, read[name]) == text for name, text in texts.items())
        and not read.defects
    )
    if not right:
        shown = texts.get("Subject", "")
        raise PublishError("newsletter", f"the mail's headers would not be the intended ones: {shown!r}")


def _decoded(name: str, value: str) -> str:
    """What a reader sees: encoded words decoded, a display name without its quotes."""
    unfolded = value.replace("\r\n", "")
    if name not in {"From", "To"}:
        return str(make_header(decode_header(unfolded)))
    shown, address = parseaddr(unfolded)
    return f"{make_header(decode_header(shown))} <{address}>".lstrip()


def _encoded(line: str, name: str) -> str:
    return Header(line, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")
