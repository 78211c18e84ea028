"""The bytes of any mail -> its header and its parts; never an error, and never more work than is bounded.

Own code, because the standard library's parser asks each line of every level it is nested in (seconds for
900 levels), raises RecursionError at 1,000, and keeps all of a mail. Here depth, number and size of parts
have a limit.
"""

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

LIMIT = 1 << 20  # bytes that are looked at: a report comes before the mail that it returns
_DEPTH = 6
_PARTS = 60
_HEADER = 1 << 16
_VALUE = 4_000
_MAILS = frozenset({"message/rfc822", "message/global"})
_FIELD = re.compile(r"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\A[ \t]*\r?\n")
_BOUNDARY = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"]+)\"|([^\s;\"]+))", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
# Others that Python knows do strange things (idna, unicode_escape, punycode), or are not for text.
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d+|windows-\d+|iso-2022-\w+|euc-\w+|shift_jis|big5|gb\w+|koi8-\w"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail, or the mail itself: names and values of its header (names small), and its body.

    `kind` is its media type, small; the body is decoded (RFC 2045), that of a multipart is as it came.
    `enclosed`: it is, or belongs to, a mail inside this mail, which may be anybody's.
    """

    kind: str
    fields: tuple[tuple[str, str], ...]
    body: bytes
    enclosed: bool = False

    def all(self, name: str) -> tuple[str, ...]:
        """The values of every field of this name (in small letters), each on one line."""
        return tuple(value for key, value in self.fields if key == name)

    def get(self, name: str) -> str:
        """The first of them, or ''."""
        return next(iter(self.all(name)), "")

    def text(self) -> str:
        """The body as text in its own charset; what is wrong in it is replaced."""
        named = _CHARSET.search(self.get("content-type"))
        charset = named[1].lower() if named and _CHARSETS.fullmatch(named[1].lower()) else "utf-8"
        try:
            return self.body.decode(charset, "replace")
        except (LookupError, ValueError):
            return self.body.decode("latin-1")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's parts, itself first, each before what it holds. `whole`: nothing was left out."""

    parts: tuple[Part, ...]
    whole: bool

    @property
    def top(self) -> Part:
        return self.parts[0]

    def of(self, *kinds: str) -> tuple[Part, ...]:
        """The mail's own parts of these kinds, not those of a mail that it encloses."""
        return tuple(part for part in self.parts if part.kind in kinds and not part.enclosed)

    def text(self) -> str:
        """The first words that the mail itself has."""
        return next(
            (each.text() for each in self.parts if each.kind.startswith("text/") and not each.enclosed), ""
        )


def read_parts(raw: bytes) -> Mail:
    """The mail in `raw`: its first 1 MiB, 6 levels deep, 60 parts at most."""
    todo = [(raw[:LIMIT].removeprefix(b"\xef\xbb\xbf"), 0, False)]
    parts: list[Part] = []
    whole = len(raw) <= LIMIT
    while todo and len(parts) < _PARTS:
        content, depth, enclosed = todo.pop()
        part = _part(content, enclosed)
        parts.append(part)
        inner = _inner(part)
        if depth < _DEPTH:
            enclosed = enclosed or part.kind in _MAILS
            todo.extend((each, depth + 1, enclosed) for each in reversed(inner))
        elif inner:
            whole = False
    return Mail(tuple(parts), whole and not todo)


def read_fields(raw: bytes) -> tuple[tuple[str, str], ...]:
    """A header (RFC 5322 section 2.2), unfolded. What is no field is passed over."""
    text = raw[:_HEADER].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    found = (_FIELD.fullmatch(line) for line in re.split(r"\n(?![ \t])", text))
    return tuple((field[1].lower(), " ".join(field[2][:_VALUE].split())) for field in found if field)


def _part(content: bytes, enclosed: bool) -> Part:
    blank = _BLANK.search(content)
    head, body = (content[: blank.start()], content[blank.end() :]) if blank else (content, b"")
    fields = read_fields(head)
    first: Mapping[str, str] = dict(reversed(fields))
    kind = first.get("content-type", "text/plain").partition(";")[0].strip().lower()
    encoding = first.get("content-transfer-encoding", "").lower()
    decoded = body if kind.startswith("multipart/") else _decoded(body, encoding)
    return Part(kind, fields, decoded, enclosed)


def _decoded(body: bytes, encoding: str) -> bytes:
    try:
        if encoding == "base64":
            return binascii.a2b_base64(body)
        return binascii.a2b_qp(body) if encoding == "quoted-printable" else body
    except ValueError:
        return body


def _inner(part: Part) -> list[bytes]:
    if part.kind in _MAILS:
        return [part.body]
    if not part.kind.startswith("multipart/"):
        return []
    named = _BOUNDARY.search(part.get("content-type"))
    if not named:
        return []
    boundary = re.escape((named[1] or named[2]).encode("utf-8", "replace"))
    line = re.compile(rb"^--" + boundary + rb"(--)?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
    pieces: list[bytes] = []
    begun = -1
    for found in islice(line.finditer(part.body), _PARTS + 1):
        if begun >= 0:
            pieces.append(part.body[begun : found.start()])
        begun = -1 if found[1] else found.end()
    if begun >= 0:
        pieces.append(part.body[begun:])
    return pieces
