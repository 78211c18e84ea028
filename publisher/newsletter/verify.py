"""A finished mail in -> nothing out, or an error: it must say what was meant and nothing else."""

import re
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parseaddr

from publisher.errors import PublishError
from publisher.newsletter.headers import Field

_LINE = 998  # octets without the line's end (RFC 5322, 2.1.1)
_STRAY = re.compile(rb"[^\t\r\n -~]|\r(?!\n)|(?<!\r)\n")


def verify_headers(raw: bytes, wanted: Sequence[Field], texts: Mapping[str, str]) -> None:
    """Demands exactly the headers that were meant, in their order, with the values that were meant.

    `texts` tells what some of them say when decoded. Raises PublishError otherwise: such a mail is not sent.
    """
    head = raw.partition(b"\r\n\r\n")[0]
    meant = [(field.name, field.value) for field in wanted]
    read = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    right = (
        not _STRAY.search(head)
        and b"\t" not in head
        and head == "\r\n".join(f"{name}: {value}" for name, value in meant).encode()
        and read.items() == meant
        and all(_decoded(name, read[name]) == text for name, text in texts.items())
        and not read.defects
    )
    if not right:
        shown = texts.get("Subject", "")
        raise PublishError("newsletter", f"the mail's headers would not be the intended ones: {shown!r}")


def verify_parts(raw: bytes, plain: str, html: str) -> None:
    """Demands a plain and an HTML part that say exactly these texts, in lines that every server takes.

    Raises PublishError otherwise.
    """
    read = message_from_bytes(raw, EmailMessage, policy=policy.default)
    parts = [(part.get_content_type(), _lines(part.get_content())) for part in read.iter_parts()]
    right = (
        parts == [("text/plain", _lines(plain)), ("text/html", _lines(html))]
        and not read.defects
        and not _STRAY.search(raw)
        and max(map(len, raw.split(b"\r\n"))) <= _LINE
    )
    if not right:
        raise PublishError("newsletter", "the mail's parts would not say what was meant")


def _lines(text: str) -> str:
    """With line ends of one kind, and the one that closes a part."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def _decoded(name: str, value: str) -> str:
    """What a reader sees: encoded words decoded, a display name without its quotes."""
    unfolded = value.replace("\r\n", "")
    if name not in {"From", "To"}:
        return str(make_header(decode_header(unfolded)))
    shown, address = parseaddr(unfolded)
    return f"{make_header(decode_header(shown))} <{address}>".lstrip()
