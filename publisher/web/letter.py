"""A reader and his own link -> the mail that brings it: plain and HTML, nobody else's words in it (S08).

It is short, has no pictures, counts nothing, and says what happens if nothing is done.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from publisher.errors import PublishError
from publisher.newsletter.editions import Edition
from publisher.newsletter.headers import Field, phrase, unstructured
from publisher.newsletter.mailbox import mailbox, reader_mailbox
from publisher.newsletter.quoted import quoted_printable
from publisher.newsletter.text import shorten, tidy
from publisher.newsletter.verify import verify_headers, verify_parts
from publisher.site.words import direction
from publisher.web.pages import Voice

_NAME = 80
_SANS = "font-family:system-ui,'Segoe UI',Roboto,sans-serif"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the mail says: subject, what the link is for, the link, what is on the button, and the rest."""

    subject: str
    text: str
    link: str
    button: str
    ending: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """From whom the mail is: the edition's sender, and the publication's title."""

    edition: Edition
    title: str
    home: str


@dataclass(frozen=True, slots=True)
class Stamped:
    """To whom it goes; `message_id` has its angle brackets, `date` has a zone."""

    address: str
    message_id: str
    date: datetime


def letter(wording: Wording, head: Letterhead, to: Stamped, spoken: Voice) -> bytes:
    """The mail (RFC 5322, MIME), ready to be sent. The same arguments make the same bytes.

    Raises PublishError where there is no sender, and for an address that no header can hold.
    """
    if not head.edition.sender:
        raise PublishError("[newsletter]", "there is no sender", 'set sender = "news@your.domain"')
    sender = mailbox(head.edition.sender, "[newsletter] sender")
    name = shorten(tidy(head.edition.sender_name or head.title), _NAME)
    plain, html = _plain(wording, head), _html(wording, head, spoken)
    boundary = f"=_{sha256(f'{plain}{html}'.encode()).hexdigest()[:24]}"
    fields = (
        Field("From", f"{phrase(name, 'From')} <{sender}>"),
        Field("To", f"<{reader_mailbox(to.address)}>"),
        unstructured("Subject", wording.subject),
        Field("Date", format_datetime(to.date)),
        Field("Message-ID", to.message_id),
        Field("List-Id", f"{phrase(name, 'List-Id')} <{head.edition.list_id}>"),
        Field("Auto-Submitted", "auto-generated"),
        Field("MIME-Version", "1.0"),
        Field("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    )
    top = "".join(f"{field.name}: {field.value}\r\n" for field in fields).encode()
    raw = top + b"\r\n" + _part(boundary, "plain", plain) + _part(boundary, "html", html)
    raw += f"--{boundary}--\r\n".encode("ascii")
    if to.address.isascii():
        verify_headers(raw, fields, {"From": f"{name} <{sender}>", "Subject": tidy(wording.subject)})
        verify_parts(raw, plain, html)
    return raw


def _plain(wording: Wording, head: Letterhead) -> str:
    ending = (wording.ending, f"{head.title}\n{head.home}", head.edition.address)
    return "\n\n".join(filter(None, (wording.text, wording.link, *ending))) + "\n"


def _html(wording: Wording, head: Letterhead, spoken: Voice) -> str:
    where = escape(head.edition.address).replace("\n", "<br>")
    link, small = escape(wording.link), f"font-size:14px;line-height:1.5;{_SANS}"
    return f"""<!doctype html>
<html lang="{escape(spoken.language)}" dir="{direction(spoken.language)}">
<head><meta charset="utf-8"><title>{escape(wording.subject)}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark"></head>
<body style="margin:0 auto;padding:24px;max-width:560px;font-size:16px;line-height:1.5;{_SANS}">
<p>{escape(wording.text)}</p>
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 22px;\
background:#1c1a17;color:#fffdf9;border:1px solid #fffdf9;text-decoration:none;font-weight:600">\
{escape(wording.button)}</a></p>
<p style="{small};word-break:break-all"><a href="{link}">{link}</a></p>
<p style="{small}">{escape(wording.ending)}</p>
<p style="{small}"><a href="{escape(head.home)}">{escape(head.title)}</a>{"<br>" if where else ""}{where}</p>
</body>
</html>
"""


def _part(boundary: str, subtype: str, text: str) -> bytes:
    head = (
        f'--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode("ascii") + quoted_printable(text) + b"\r\n"
