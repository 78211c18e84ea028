"""Bytes from a mail server -> its replies, and all that can be wrong with what it says (RFC 5321, 4.2)."""

import re
from dataclasses import dataclass

_LINE = 4_096  # octets; RFC 5321 (4.5.3.1.5) allows 512, servers write more
_LINES = 128
MOST = 65_536  # octets of unread answers
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}(?!\S)")
_ENDS = (b" ", b"-", b"")


class PostError(Exception):
    """Something went wrong between us and a mail server; nothing of it is the reader's fault."""


class Lost(PostError):
    """The connection is gone, or was never made."""


class Stalled(PostError):
    """The server did not answer in time."""


class Garbled(PostError):
    """What the server said is no SMTP."""


class Unsafe(PostError):
    """The connection is not, or not provably, protected as the configuration demands."""


class Refused(PostError):
    """The server does not want to work with us at all; its reply says why."""

    def __init__(self, doing: str, reply: "Reply") -> None:
        super().__init__(f"{doing}: {reply}")
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply code from 200 to 599 and its lines without it."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def kind(self) -> int:
        """2 done, 3 go on, 4 not now, 5 never."""
        return self.code // 100

    @property
    def status(self) -> str:
        """The enhanced status code (RFC 3463), `5.1.1`; '' if there is none of the reply's own class."""
        found = _STATUS.match(self.lines[0])
        return found[0] if found and int(found[1]) == self.kind else ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


def take_reply(buffer: bytearray) -> Reply | None:
    """Cuts the first reply out of `buffer`; None while it is not complete. Raises Garbled."""
    start, code = 0, b""
    texts: list[bytes] = []
    while (end := buffer.find(b"\n", start)) >= 0:
        line = bytes(buffer[start:end]).removesuffix(b"\r")
        code = code or line[:3]
        if len(line) > _LINE or len(texts) >= _LINES:
            raise Garbled("the server's answer does not end")
        if line[:3] != code or not _is_code(code) or line[3:4] not in _ENDS:
            raise Garbled(f"the server's answer is no reply of SMTP: {shown(line[:80])}")
        texts.append(line[4:])
        if line[3:4] != b"-":
            del buffer[: end + 1]
            return Reply(int(code), tuple(map(shown, texts)))
        start = end + 1
    if len(buffer) - start > _LINE:
        raise Garbled("the server's answer does not end")
    return None


def shown(raw: bytes) -> str:
    """A server's words as text that can be printed and kept: no controls, whatever its encoding was."""
    text = raw.decode("utf-8", "replace")
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _is_code(code: bytes) -> bool:
    return len(code) == 3 and code.isdigit() and code[:1] in b"2345"
