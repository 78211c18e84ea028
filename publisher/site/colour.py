"""The publication's accent colour in -> shades of it that stay readable on light and dark paper out.

Contrast after WCAG 2.2, "relative luminance" and "contrast ratio"; text needs 4.5 (criterion 1.4.3).
"""

import re

from publisher.errors import PublishError

RGB = tuple[int, int, int]

# The surfaces of style.css that are hardest to read on: its tinted panels in either scheme.
LIGHT_SURFACE = "#f3efe7"
DARK_SURFACE = "#24211e"
_STEPS = 40


def accents(accent: str) -> str:
    """CSS that sets `--brand` (as configured) and `--accent` (fit for text, in either scheme).

    Raises PublishError when `accent` is not `#rgb` or `#rrggbb`.
    """
    brand = parse(accent)
    light = readable(brand, parse(LIGHT_SURFACE))
    dark = readable(brand, parse(DARK_SURFACE))
    return f":root{{--brand:{_hex(brand)};--accent:light-dark({_hex(light)},{_hex(dark)})}}\n"


def parse(text: str) -> RGB:
    """`#a42` or `#aa4422` -> (170, 68, 34). Raises PublishError for anything else."""
    digits = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        raise PublishError("accent", f"{text!r} is not a colour", "write it as #rrggbb, such as #a4262c")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def readable(colour: RGB, surface: RGB, ratio: float = 4.5) -> RGB:
    """The shade nearest to `colour` that reaches `ratio` on `surface`: darker on light, lighter on dark."""
    pole = 0 if _luminance(surface) > 0.18 else 255
    for step in range(_STEPS + 1):
        shade = _mix(colour, pole, step / _STEPS)
        if contrast(shade, surface) >= ratio:
            return shade
    return pole, pole, pole


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of two colours, 1 (equal) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _mix(colour: RGB, pole: int, share: float) -> RGB:
    red, green, blue = (round(channel + (pole - channel) * share) for channel in colour)
    return red, green, blue


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
