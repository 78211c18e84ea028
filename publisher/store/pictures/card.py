"""The words of an article in -> a picture of 1200 × 630 for links to it out, as PNG of sixteen colours.

Text that the font has no signs for, or that runs from right to left, is left out.
"""

from functools import lru_cache

from PIL import Image

from publisher.pictures.gallery import CARD
from publisher.store.pictures.lettering import legible, length, write
from publisher.store.pictures.png import Rgb, png
from publisher.store.pictures.recipes import Face

_SIZES = (92, 82, 72, 64, 56, 50)
_LINE = 1.16  # line height, in sizes
_MARGIN, _TOP, _BOTTOM = 80, 150, 500  # pixels: sides; where the title may be
_WIDTH = CARD[0] - 2 * _MARGIN
_SECTION, _BRAND = 38, 36  # sizes
_PAPER, _INK = (255, 253, 249), (28, 26, 23)
# Shades of the two inks; those of the accent come after those of the text. Sixteen colours are four bits.
_DARK, _BRIGHT = 9, 6


def draw(face: Face) -> bytes:
    """A PNG file. Without signs for the title, the brand stands in its place; without those, the colour."""
    title, section, brand = (legible(text) for text in (face.title, face.section, face.brand))
    if not title:
        title, section, brand = brand, "", ""
    image = _sheet(brand).copy()
    image.paste(_accented(section), (_MARGIN, 84))
    _title(image, title)
    return png(image, _colours(face.accent))


def colour(text: str) -> Rgb:
    """`#0f5e7a` as red, green and blue."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def wrap(text: str, size: int) -> list[str]:
    """Lines that are not wider than the card; words that are too long are broken."""
    lines, used, space = [""], 0, length(" ", size)
    for word in text.split():
        rest, wide = word, length(word, size)
        if lines[-1] and used + space + wide <= _WIDTH:
            lines[-1], used = f"{lines[-1]} {rest}", used + space + wide
            continue
        while wide > _WIDTH:
            fits = max(n for n in range(1, len(rest)) if n == 1 or length(rest[:n], size) <= _WIDTH)
            lines.append(rest[:fits])
            rest = rest[fits:]
            wide = length(rest, size)
        lines.append(rest)
        used = wide
    return [line for line in lines if line]


@lru_cache(4)
def _sheet(brand: str) -> Image.Image:
    """What the cards of a publication have in common; each pixel is the number of its colour."""
    image = Image.new("P", CARD)
    image.paste(_DARK + _BRIGHT, (0, 0, CARD[0], 16))
    if brand:
        image.paste(3, (_MARGIN, 528, CARD[0] - _MARGIN + 1, 530))
        write(image, (_MARGIN, 548), _fitting(brand, _BRAND), _BRAND, _DARK)
    return image


@lru_cache(64)
def _accented(section: str) -> Image.Image:
    """The name of a section, as a strip in the shades of the accent."""
    strip = Image.new("P", (CARD[0] - _MARGIN, 60))
    write(strip, (0, 0), _fitting(section, _SECTION), _SECTION, _BRIGHT)
    return strip.point(lambda shade: shade and shade + _DARK)


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
        write(image, (_MARGIN, _TOP + round(place * size * _LINE)), line, size, _DARK)


def _cut(line: str, size: int) -> str:
    while line and length(f"{line}…", size) > _WIDTH:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _fitting(text: str, size: int) -> str:
    """Cut where it is too long for one line."""
    return text if length(text, size) <= _WIDTH else _cut(text, size)


def _colours(accent: str) -> list[Rgb]:
    """Paper, the shades of the text, those of the accent."""
    tone = colour(accent)
    return [
        *(_mix(_INK, shade / _DARK) for shade in range(_DARK + 1)),
        *(_mix(tone, shade / _BRIGHT) for shade in range(1, _BRIGHT + 1)),
    ]


def _mix(tone: Rgb, share: float) -> Rgb:
    red, green, blue = (
        round(paper + (part - paper) * share) for paper, part in zip(_PAPER, tone, strict=True)
    )
    return red, green, blue
