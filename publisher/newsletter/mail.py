"""A rendered issue and who sends it in -> the mail as it is frozen out (RFC 5322, MIME), marks in it.

The same arguments make the same bytes: the boundary is a digest.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from publisher.errors import PublishError
from publisher.newsletter import leaving, marks
from publisher.newsletter.editions import Edition
from publisher.newsletter.headers import Field, phrase, unstructured
from publisher.newsletter.mailbox import mailbox
from publisher.newsletter.marks import Marks
from publisher.newsletter.quoted import quoted_printable
from publisher.newsletter.render import Rendered
from publisher.newsletter.text import shorten, tidy
from publisher.settings import Publication

_KEYS = "[newsletter]"
_NAME = 80
_LIST_ID = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to nobody yet: its headers with the marks of the wire, its parts with those of texts.

    `texts`: what Subject and From say when they are decoded.
    """

    fields: tuple[Field, ...]
    texts: dict[str, str]
    plain: str
    html: str
    marks: Marks
    boundary: str

    @property
    def message(self) -> bytes:
        """The whole as bytes, marks of the wire in it."""
        head = "".join(f"{field.name}: {field.value}\r\n" for field in self.fields).encode("latin-1")
        parts = self._part("plain", self.plain) + self._part("html", self.html)
        return head + b"\r\n" + parts + f"--{self.boundary}--\r\n".encode("ascii")

    def _part(self, subtype: str, text: str) -> bytes:
        head = (
            f'--{self.boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        )
        whole = {self.marks.unsubscribe: marks.UNSUBSCRIBE, self.marks.preferences: marks.PREFERENCES}
        return head.encode("ascii") + quoted_printable(text, whole) + b"\r\n"


def assemble(rendered: Rendered, publication: Publication, *, preview: bool = False) -> Mail:
    """The mail of an issue. Raises PublishError where the configuration lacks what every mail needs.

    A `preview` is not for sending: it may be without a way to leave.
    """
    edition = rendered.issue.edition
    sender = _sender(edition)
    name = _name(edition, publication)
    subject = tidy(rendered.issue.subject)
    boundary = _boundary(rendered)
    fields = (
        Field("From", f"{phrase(name, 'From')} <{sender}>"),
        Field("To", f"<{_wire(marks.ADDRESS)}>"),
        unstructured("Subject", subject),
        Field("Date", _wire(marks.DATE)),
        Field("Message-ID", _wire(marks.MESSAGE_ID)),
        Field("List-Id", f"{phrase(name, 'List-Id')} <{_list_id(edition)}>"),
        *_leaving(rendered, preview=preview),
        Field("MIME-Version", "1.0"),
        Field("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    )
    texts = {"From": f"{name} <{sender}>", "Subject": subject}
    return Mail(fields, texts, rendered.text, rendered.html, rendered.marks, boundary)


def _sender(edition: Edition) -> str:
    if not edition.sender:
        raise PublishError(_KEYS, "there is no sender", 'set sender = "news@your.domain"')
    return mailbox(edition.sender, f"{_KEYS} sender")


def _name(edition: Edition, publication: Publication) -> str:
    """The name in From; a list without any name goes by its host."""
    names = map(tidy, (edition.sender_name, edition.title, publication.title, publication.base_url))
    return shorten(next(filter(None, names)), _NAME)


def _list_id(edition: Edition) -> str:
    """RFC 2919, section 2: it tells this list from all others, for ever."""
    if not _LIST_ID.fullmatch(edition.list_id):
        raise PublishError(_KEYS, f"{tidy(edition.list_id)!r} is no List-Id", "daily.your.domain")
    return edition.list_id


def _leaving(rendered: Rendered, *, preview: bool) -> tuple[Field, ...]:
    if preview and not rendered.ways.unsubscribe:
        return ()
    of = rendered.marks
    return tuple(
        Field(
            field.name,
            field.value.replace(of.unsubscribe, _wire(marks.UNSUBSCRIBE)).replace(
                of.preferences, _wire(marks.PREFERENCES)
            ),
        )
        for field in leaving.fields(rendered.ways)
    )


def _boundary(rendered: Rendered) -> str:
    # Quoted-printable text never holds `=_` (RFC 2045, section 6.7), so no part can hold this.
    digest = sha256("\0".join((rendered.text, rendered.html)).encode()).hexdigest()
    return f"=_{digest[:24]}"


def _wire(mark: bytes) -> str:
    return mark.decode("latin-1")
