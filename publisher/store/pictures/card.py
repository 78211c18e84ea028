"""The words of an article in -> a picture of 1200 × 630 for links to it out, as PNG of few colours.

The font is Source Serif Pro (SIL Open Font License 1.1), laid out by Pillow alone, so that the result is
the same on any machine. Text that it has no signs for, or that runs from right to left, is left out.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from publisher.pictures.gallery import CARD
from publisher.store.pictures.recipes import Face

_FONT = "SourceSerifPro-Semibold.ttf"
_SIZES = (92, 82, 72, 64, 56, 50)
_LINE = 1.16  # line height, in sizes
_MARGIN, _TOP, _BOTTOM = 80, 150, 500  # pixels: sides; where the title may be
_SHADES = 16  # of each of the two inks
_PAPER, _INK = (255, 253, 249), (28, 26, 23)
_Rgb = tuple[int, int, int]


def draw(face: Face) -> bytes:
    """A PNG file. Without signs for the title, the brand stands in its place; without those, the colour."""
    title, section, brand = (legible(text) for text in (face.title, face.section, face.brand))
    if not title:
        title, section, brand = brand, "", ""
    ink, accent = Image.new("L", CARD), Image.new("L", CARD)
    ImageDraw.Draw(accent).rectangle((0, 0, CARD[0], 15), fill=255)
    _write(accent, (_MARGIN, 84), section, 38)
    _title(ink, title)
    if brand:
        ImageDraw.Draw(ink).rectangle((_MARGIN, 528, CARD[0] - _MARGIN, 529), fill=90)
        _write(ink, (_MARGIN, 548), brand, 36)
    return _file(ink, accent, colour(face.accent))


def legible(text: str) -> str:
    """The text in one line, or '' if a sign is missing."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return plain if all(_known(char) for char in plain) else ""


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font in pixels."""
    return ImageFont.truetype(BytesIO(font_file()), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def font_file() -> bytes:
    """The bytes of the font."""
    return (files("publisher") / "pictures" / "fonts" / _FONT).read_bytes()


def colour(text: str) -> _Rgb:
    """`#0f5e7a` as red, green and blue."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


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


def _title(image: Image.Image, title: str) -> None:
    """As large as it fits; the smallest size ends with dots where even that is too long."""
    for size in _SIZES:
        room = int((_BOTTOM - _TOP) / (size * _LINE))
        lines = wrap(title, size)
        if len(lines) <= room:
            break
    else:
        lines = [*lines[: room - 1], _cut(lines[room - 1], size)]
    for place, line in enumerate(lines):
        _write(image, (_MARGIN, _TOP + round(place * size * _LINE)), line, size)


def wrap(text: str, size: int) -> list[str]:
    """Lines that are not wider than the card; words that are too long are broken."""
    made, width = font(size), CARD[0] - 2 * _MARGIN
    lines = [""]
    for word in text.split():
        rest = word
        if lines[-1] and made.getlength(f"{lines[-1]} {rest}") <= width:
            lines[-1] = f"{lines[-1]} {rest}"
            continue
        while made.getlength(rest) > width:
            fits = max(n for n in range(1, len(rest)) if n == 1 or made.getlength(rest[:n]) <= width)
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return [line for line in lines if line]


def _cut(line: str, size: int) -> str:
    made = font(size)
    while line and made.getlength(f"{line}…") > CARD[0] - 2 * _MARGIN:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _write(image: Image.Image, place: tuple[int, int], text: str, size: int) -> None:
    """In one line, cut where it is too long; `place` is its top left corner."""
    made = font(size)
    if made.getlength(text) > CARD[0] - 2 * _MARGIN:
        text = _cut(text, size)
    ImageDraw.Draw(image).text(place, text, fill=255, font=made, anchor="la")


def _file(ink: Image.Image, accent: Image.Image, tone: _Rgb) -> bytes:
    """Two inks on paper, each in a few shades: small, and quickly made."""
    step = 256 // _SHADES
    levels = ink.point(lambda value: value // step)
    shades = accent.point(lambda value: value // step + _SHADES if value >= step else 0)
    levels.paste(shades, mask=accent.point(lambda value: 255 if value >= step else 0))
    image = Image.frombytes("P", CARD, levels.tobytes())
    image.putpalette(
        [part for each in (_INK, tone) for shade in range(_SHADES) for part in _mix(each, shade)]
    )
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=6)  # 9: a seventh smaller, in eight times the time
    return stream.getvalue()


def _mix(tone: _Rgb, shade: int) -> tuple[int, ...]:
    share = shade / (_SHADES - 1)
    return tuple(round(paper + (part - paper) * share) for paper, part in zip(_PAPER, tone, strict=True))
