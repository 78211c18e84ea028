"""MJML source -> its tags, texts and comments, each with its place in the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

_TAG = re.compile(
    r"""(?P<comment><!--\[if[^\]]*+\]>(?:<!-->)?|<!(?:--<!)?\[endif\]-->|<!--.*?-->)
      | </(?P<close>[A-Za-z][\w:-]*)\s*>
      | <(?P<open>[A-Za-z][\w:-]*)
          (?P<attributes>(?:\s++(?:[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'))?+))*+)\s*+(?P<empty>/?)>
      | (?P<stray><)""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")

Kind = Literal["open", "empty", "close", "text", "stray"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its entities resolved; `value` is None when only the name is written."""

    name: str
    value: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source from `offset` on. `name` is the tag's, or the text; comments are left out."""

    kind: Kind
    name: str
    offset: int
    attributes: tuple[Attribute, ...] = ()


def tokens(source: str) -> Iterator[Token]:
    """Every tag and every text that is more than space. `stray`: a `<` that begins no tag.

    Tags in conditional comments (`<!--[if mso]>`) count: mrml reads them too.
    """
    end = 0
    for found in _TAG.finditer(source):
        yield from _text(source, end, found.start())
        end = found.end()
        if found["close"]:
            yield Token("close", found["close"], found.start())
        elif found["stray"]:
            yield Token("stray", source[found.start() : found.start() + 20], found.start())
        elif name := found["open"]:
            kind: Kind = "empty" if found["empty"] else "open"
            yield Token(kind, name, found.start(), _attributes(found))
    yield from _text(source, end, len(source))


def _text(source: str, start: int, end: int) -> Iterator[Token]:
    text = source[start:end]
    if stripped := text.strip():
        yield Token("text", stripped, start + len(text) - len(text.lstrip()))


def _attributes(tag: re.Match[str]) -> tuple[Attribute, ...]:
    start = tag.start("attributes")
    return tuple(
        Attribute(each[1], None if value is None else unescape(value), start + each.start())
        for each in _ATTRIBUTE.finditer(tag["attributes"])
        for value in (each[2] if each[2] is not None else each[3],)
    )
