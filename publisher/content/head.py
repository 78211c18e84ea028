"""The text of a file -> its front matter block and its body lines."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from publisher.content.fields import KEYS
from publisher.errors import PublishError
from publisher.model import Line

_FENCES: dict[str, Literal["yaml", "toml"]] = {"---": "yaml", "+++": "toml"}
_PAIR = {
    "yaml": re.compile(r"""[A-Za-z_"'][\w .-]*["']?\s*:(\s|$)|[#\[{?&!%"']|<<|- |\t"""),
    "toml": re.compile(r"""[A-Za-z_"'][\w.-]*["']?\s*=|[#\[]"""),
}
_OURS = re.compile(rf"({'|'.join(KEYS)})\s*[:=]")


@dataclass(frozen=True, slots=True)
class Head:
    """`kind` is '' without front matter; `text` lies between the fences; lines count from 1.

    `body` is the rest of the file, numbered as in the file.
    """

    kind: Literal["", "yaml", "toml"]
    text: str
    body: tuple[Line, ...]

    @property
    def first(self) -> int:
        """The file line of the block's first line."""
        return 2


def split(path: str, text: str) -> Head:
    """Front matter and body. A rule `---` on top of a text without keys is Markdown, not front matter.

    Raises PublishError where front matter with a key of ours is opened and never closed.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    kind = _FENCES.get(fence)
    if kind is None:
        return Head("", "", _numbered(lines, 0))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end and _is_block(kind, lines[1:end]):
        return Head(kind, "\n".join(lines[1:end]), _numbered(lines, end + 1))
    if end is None and any(_OURS.match(line) for line in takewhile(str.strip, lines[1:])):
        raise PublishError(
            f"{path}:1", "the front matter is not closed", f"add a line {fence} after its last key"
        )
    return Head("", "", _numbered(lines, 0))


def _is_block(kind: str, lines: list[str]) -> bool:
    """Empty, or its first line reads like a key (or a broken one), or any line has a key of ours."""
    first = next(filter(str.strip, lines), "")
    return not first or bool(_PAIR[kind].match(first)) or any(map(_OURS.match, lines))


def _numbered(lines: list[str], start: int) -> tuple[Line, ...]:
    return tuple(Line(number, text) for number, text in enumerate(lines[start:], start + 1))
