"""The text of a file -> its front matter block and its body lines."""

import re
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
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
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
# What was meant as a fence and is none: too many dashes, typographic ones, a remark behind it.
_NEARLY = re.compile(r"\s*(?:[-\u2010-\u2015\u2212+~=*_]{2,}\s*(?:#.*)?|<!--.*-->)\s*")
_HEAD = 6


@dataclass(frozen=True, slots=True)
class Head:
    """`kind` is '' without front matter; `text` lies between the fences, from the file's line `first`.

    `body` is the rest of the file, numbered as in the file.
    """

    kind: Literal["", "yaml", "toml"]
    text: str
    body: tuple[Line, ...]
    first: int = 1


def split(path: str, text: str) -> Head:
    """Front matter and body. A rule `---` on top of a text without keys is Markdown, not front matter.

    Blank lines and invisible characters may stand before the fence. Raises PublishError where keys of
    ours follow something that was meant as a fence: what an author wrote there must not be published.
    """
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if _seen(line)), 0)
    fence = _seen(lines[top])
    kind = _FENCES.get(fence)
    if kind is None:
        _refuse_near_fence(path, lines)
        return Head("", "", _numbered(lines, 0))
    end = next((n for n, line in enumerate(lines[top + 1 :], top + 1) if line.strip() == fence), None)
    if end and _is_block(kind, lines[top + 1 : end]):
        block = dedent("\n".join(lines[top + 1 : end]))
        return Head(kind, block, _numbered(lines, end + 1), top + 2)
    after = [line.strip() for line in lines[top + 1 :] if line.strip()]
    if end is None and any(map(_OURS.match, after[:_HEAD])):
        hint = f"add a line {fence} after its last key"
        raise PublishError(f"{path}:{top + 1}", "the front matter is not closed", hint)
    _refuse_near_fence(path, lines[top + 1 :], top + 1)
    return Head("", "", _numbered(lines, 0))


def _seen(line: str) -> str:
    """The line without white space and characters that nobody sees."""
    return line.strip().strip(_UNSEEN).strip()


def _refuse_near_fence(path: str, lines: list[str], skipped: int = 0) -> None:
    """Near the top, a line like a fence with one of our keys below it: an author's slip, not Markdown."""
    head = [(n, _seen(line)) for n, line in enumerate(lines[:40], skipped + 1) if _seen(line)][:_HEAD]
    for (number, line), (_, below) in pairwise(head):
        if _NEARLY.fullmatch(line) and _OURS.match(below):
            hint = "front matter begins on the first line, with --- (YAML) or +++ (TOML) alone on it"
            raise PublishError(f"{path}:{number}", f"{line!r} does not begin front matter", hint)


def _is_block(kind: str, lines: list[str]) -> bool:
    """Empty, or its first line reads like a key (or a broken one), or any line has a key of ours."""
    stripped = [line.strip() for line in lines if line.strip()]
    first = next((line for line in lines if line.strip()), "")
    return not first or bool(_PAIR[kind].match(first.lstrip(" "))) or any(map(_OURS.match, stripped))


def _numbered(lines: list[str], start: int) -> tuple[Line, ...]:
    return tuple(Line(number, text) for number, text in enumerate(lines[start:], start + 1))
