"""Words and a size in -> how wide they are, or the words upon a picture, out: each letter is drawn once.

The font is Source Serif Pro (SIL Open Font License 1.1), laid out without kerning, as Pillow's basic layout
does: the result is the same on any machine, and a line is as wide as its letters are together.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageFont

_FONT = "SourceSerifPro-Semibold.ttf"
_COMPOUND = 1.35  # no letter of its own reaches as far beyond its width
_LETTERS = 2048  # drawn letters held in memory, of some kilobytes each


@dataclass(frozen=True, slots=True)
class _Letter:
    """`mask` is None for a space; `left` and `top` are where it is, from the pen. All in pixels."""

    mask: Image.Image | None
    left: int
    top: int
    advance: int


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font in pixels."""
    raw = (files("publisher") / "pictures" / "fonts" / _FONT).read_bytes()
    return ImageFont.truetype(BytesIO(raw), size, layout_engine=ImageFont.Layout.BASIC)


def legible(text: str) -> str:
    """The text in one line, or '' if a sign is missing."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return plain if all(map(_known, plain)) else ""


def length(text: str, size: int) -> int:
    """How wide it is, in pixels."""
    return sum(_letter(char, size).advance for char in text)


def write(image: Image.Image, place: tuple[int, int], text: str, size: int, shade: int) -> None:
    """In one line; `place` is its top left corner. Edges get a part of the `shade`."""
    pen, top = place
    for char in text:
        letter = _letter(char, size)
        if letter.mask:
            image.paste(shade, (pen + letter.left, top + letter.top), letter.mask)
        pen += letter.advance


@lru_cache(_LETTERS)
def _letter(char: str, size: int) -> _Letter:
    made = font(size)
    mask, (left, top) = made.getmask2(char, "L", anchor="la")
    drawn = Image.frombytes("L", mask.size, bytes(mask)) if all(mask.size) else None
    advance, right = round(made.getlength(char)), left + mask.size[0]
    # Signs made of others, such as “, % and …, are said to be as wide as the first of these.
    return _Letter(drawn, left, top, advance if right <= _COMPOUND * advance else right + size // 20)


@cache
def _known(char: str) -> bool:
    """Whether the font has a sign for it. Marks that join the letter before need a layout of their own."""
    if char == " ":
        return True
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc", "Cs", "Co", "Cn"}:
        return False
    return bytes(font(24).getmask(char)) != _absent()


@cache
def _absent() -> bytes:
    return bytes(font(24).getmask("\uffff"))
