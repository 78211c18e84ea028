"""A text in -> the same text as quoted-printable out (RFC 2045, section 6.7)."""

from binascii import b2a_qp


def quoted_printable(text: str) -> bytes:
    """UTF-8 in lines of at most 76 octets, ended by CRLF; line ends of any kind come in."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")
