"""A logo, or a letter and a colour in -> the icons of the site out: browsers' tabs, home screens, apps.

Sources: HTML, section 4.6.7.8 (`icon`); Web Application Manifest, sections 1.9 and 2 (`purpose`: what is
`maskable` may lose all outside of a circle of 80 %).
"""

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw

from publisher.pictures.plan import Fault
from publisher.store.pictures.card import colour
from publisher.store.pictures.examine import FORMATS, examine
from publisher.store.pictures.lettering import font, legible
from publisher.store.pictures.recipes import Sign

_TAB, _TOUCH, _APP, _LARGE = 32, 180, 192, 512
_LARGEST = 16_000_000  # pixels of a logo
_Rgba = tuple[int, int, int, int]


def icons(sign: Sign) -> Mapping[str, bytes]:
    """File names and their bytes. Raises ValueError, with the reason, for a logo that cannot be used."""
    logo = _logo(sign.logo) if sign.logo else None
    ground = (255, 255, 255, 255) if logo else (*colour(sign.accent), 255)
    clear = (0, 0, 0, 0)
    draw = {
        "apple-touch-icon.png": _icon(sign, logo, _TOUCH, ground, 0.8),
        "icon-192.png": _icon(sign, logo, _APP, clear if logo else ground, 1.0),
        "icon-512.png": _icon(sign, logo, _LARGE, clear if logo else ground, 1.0),
        "icon-maskable-512.png": _icon(sign, logo, _LARGE, ground, 0.7),
    }
    tab = _icon(sign, logo, _TAB * 4, clear if logo else ground, 1.0).resize(
        (_TAB, _TAB), Image.Resampling.BOX
    )
    return {"favicon.ico": _saved(tab, "ICO"), **{name: _saved(made, "PNG") for name, made in draw.items()}}


def _logo(raw: bytes) -> Image.Image:
    seen = examine(raw, _LARGEST)
    if isinstance(seen, Fault):
        message = seen.message.replace("images.max_pixels = ", "")
        raise ValueError(message)  # noqa: TRY004 - the value is at fault, no type
    with Image.open(BytesIO(raw), formats=FORMATS) as image:
        made = image.convert("RGBA")
    made.info = {}
    return made


def _icon(sign: Sign, logo: Image.Image | None, size: int, ground: _Rgba, share: float) -> Image.Image:
    """A square; the logo takes `share` of it, a letter two thirds of that."""
    image = Image.new("RGBA", (size, size), ground)
    if logo is not None:
        scale = size * share / max(logo.size)
        fitted = logo.resize([max(1, round(side * scale)) for side in logo.size], Image.Resampling.LANCZOS)
        image.alpha_composite(fitted, ((size - fitted.width) // 2, (size - fitted.height) // 2))
        return image
    ink = _ink(sign.accent)
    draw = ImageDraw.Draw(image)
    if letter := legible(sign.letter):
        middle = (size / 2, size * 0.5)
        made = font(round(size * share * 0.72))
        left, top, right, bottom = made.getbbox(letter, anchor="ls")
        place = (middle[0] - (left + right) / 2, middle[1] - (top + bottom) / 2)
        draw.text(place, letter, fill=ink, font=made, anchor="ls")
    else:
        draw.ellipse([size * 0.32, size * 0.32, size * 0.68, size * 0.68], fill=ink)
    return image


def _ink(accent: str) -> _Rgba:
    """White, or black upon a light colour."""
    red, green, blue = colour(accent)
    light = (0.299 * red + 0.587 * green + 0.114 * blue) > 160
    return (0, 0, 0, 255) if light else (255, 255, 255, 255)


def _saved(image: Image.Image, kind: str) -> bytes:
    stream = BytesIO()
    if kind == "ICO":
        image.save(stream, "ICO", sizes=[image.size])
    else:
        image.save(stream, kind, compress_level=9)
    return stream.getvalue()
