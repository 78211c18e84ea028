"""What pictures, cards and icons are made from, for those who ask only whether they are made."""

from dataclasses import dataclass

# Each to be raised with every change of what is drawn or encoded.
ENCODED = "1"
DRAWN = "2"
ICONS = "1"
NAMES = ("favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png", "icon-maskable-512.png")


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says. `accent` is `#rrggbb`."""

    title: str
    section: str
    brand: str
    accent: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What icons show: the bytes of a PNG `logo`, else a `letter` upon `accent` (`#rrggbb`)."""

    letter: str
    accent: str
    logo: bytes = b""
