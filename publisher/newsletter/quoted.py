"""A text in -> the same text as quoted-printable out (RFC 2045, section 6.7), its marks whole."""

import re
from binascii import b2a_qp
from collections.abc import Iterator, Mapping

_LINE = 76


def quoted_printable(text: str, whole: Mapping[str, bytes] | None = None) -> bytes:
    """UTF-8 in lines of at most 76 octets, ended by CRLF; line ends of any kind come in.

    `whole`: what is replaced by bytes of the same length that no line break may tear.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not whole or not (found := re.compile("|".join(map(re.escape, whole)))).search(lines):
        return _encoded(lines)
    return b"\r\n".join(
        _packed(_units(line, found, whole)) if found.search(line) else _encoded(line)
        for line in lines.split("\n")
    )


def _encoded(lines: str) -> bytes:
    encoded = b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")
    if max(map(len, encoded.split(b"\r\n"))) <= _LINE:
        return encoded
    # The library makes lines of 77 where a space at the end has to be encoded.
    return b"\r\n".join(_packed(_last_encoded(line.encode())) for line in lines.split("\n"))


def _units(line: str, found: re.Pattern[str], whole: Mapping[str, bytes]) -> Iterator[bytes]:
    """What must stay together: a mark, an encoded octet, a plain one. White space only within the line."""
    end = 0
    for mark in found.finditer(line):
        yield from map(_octet, line[end : mark.start()].encode())
        yield whole[mark[0]]
        end = mark.end()
    yield from _last_encoded(line[end:].encode())


def _last_encoded(rest: bytes) -> Iterator[bytes]:
    """The end of a line: white space that is the last is encoded, or servers would take it away."""
    yield from map(_octet, rest[:-1])
    if rest:
        yield b"=%02X" % rest[-1] if rest[-1:] in {b" ", b"\t"} else _octet(rest[-1])


def _octet(octet: int) -> bytes:
    plain = octet in b" \t" or (33 <= octet <= 126 and octet != 0x3D)
    return bytes((octet,)) if plain else b"=%02X" % octet


def _packed(units: Iterator[bytes]) -> bytes:
    """Soft line breaks between units, as late as lines of 76 octets allow."""
    lines, line = [], b""
    for unit in units:
        if len(line) + len(unit) >= _LINE:
            lines.append(line)
            line = b""
        line += unit
    return b"=\r\n".join((*lines, line))
