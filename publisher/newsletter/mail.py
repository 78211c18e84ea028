"""A rendered digest and one reader in -> the finished mail as bytes out (RFC 5322, MIME).

The same arguments make the same bytes: the date is the caller's, Message-ID and boundary are digests.
DKIM is the relay's work.
"""

import re
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

from publisher.errors import PublishError
from publisher.newsletter.headers import Field, mailbox, phrase, unstructured, verify
from publisher.newsletter.quoted import quoted_printable
from publisher.newsletter.render import Rendered
from publisher.newsletter.text import shorten, tidy
from publisher.settings import Publication

_KEYS = "[tool.publish.newsletter]"
_NAME = 80
# In angle brackets on one line: visible ASCII without angle brackets (RFC 2369, section 2).
_URI = re.compile(r"(?:https://|mailto:)[!-;=?-~]{3,900}")


def mail(rendered: Rendered, publication: Publication, recipient: str, date: datetime) -> bytes:
    """One mail to one reader; `date` has a zone. The finished headers are read again and compared.

    Raises PublishError when the configuration lacks a sender, when an address is none, or when the mail
    would carry other headers than intended.
    """
    if date.tzinfo is None:
        raise ValueError("the date of a mail needs a zone")
    sender = _sender(publication)
    reader = mailbox(recipient, "recipient")
    name = _name(publication)
    key = sha256("\0".join((publication.base_url, rendered.issue.url, reader)).encode()).hexdigest()
    subject = tidy(rendered.issue.subject)
    fields = (
        Field("From", f"{phrase(name, 'From')} <{sender}>"),
        Field("To", f"<{reader}>"),
        unstructured("Subject", subject),
        Field("Date", format_datetime(date)),
        Field("Message-ID", f"<{key[:32]}@{sender.partition('@')[2]}>"),
        *_list(publication, sender),
        Field("MIME-Version", "1.0"),
        Field("Content-Type", f'multipart/alternative; boundary="{_boundary(key)}"'),
    )
    raw = _assemble(fields, rendered, _boundary(key))
    verify(raw, fields, {"From": f"{name} <{sender}>", "To": f"<{reader}>", "Subject": subject})
    return raw


def _sender(publication: Publication) -> str:
    if not publication.newsletter.sender:
        raise PublishError(_KEYS, "there is no sender", 'set sender = "news@your.domain"')
    return mailbox(publication.newsletter.sender, f"{_KEYS} sender")


def _name(publication: Publication) -> str:
    """The name in From; a list without any name goes by its host."""
    settings = publication.newsletter
    names = map(tidy, (settings.sender_name, settings.title, publication.title, publication.base_url))
    return shorten(next(filter(None, names)), _NAME)


def _list(publication: Publication, sender: str) -> tuple[Field, ...]:
    """What says that this is a list, and how to leave it (RFC 2919, 2369, 8058)."""
    found = [Field("List-Id", f"{phrase(_name(publication), 'List-Id')} <digest.{sender.partition('@')[2]}>")]
    leave = publication.newsletter.unsubscribe
    if not leave:
        return tuple(found)
    if not _URI.fullmatch(leave):
        hint = "https://… or mailto:…, in ASCII and without spaces"
        raise PublishError(f"{_KEYS} unsubscribe", f"{tidy(leave)!r} cannot stand in a mail", hint)
    # On one line whatever its length: receivers overlook a folded one.
    found.append(Field("List-Unsubscribe", f"<{leave}>"))
    if leave.startswith("https://"):
        found.append(Field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return tuple(found)


def _boundary(key: str) -> str:
    # Quoted-printable text never holds `=_` (RFC 2045, section 6.7), so no part can hold this.
    return f"=_{key[32:56]}"


def _assemble(fields: tuple[Field, ...], rendered: Rendered, boundary: str) -> bytes:
    head = "".join(f"{field.name}: {field.value}\r\n" for field in fields).encode("ascii")
    parts = (_part("plain", rendered.text, boundary), _part("html", rendered.html, boundary))
    return head + b"\r\n" + b"".join(parts) + f"--{boundary}--\r\n".encode()


def _part(subtype: str, text: str, boundary: str) -> bytes:
    head = (
        f'--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + quoted_printable(text) + b"\r\n"
