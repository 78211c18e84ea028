"""Addresses of content in -> those that may stand in a mail out: secure, bearable, and nobody's disguise."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from publisher.model import Image
from publisher.newsletter.text import shorten, tidy
from publisher.settings import Publication
from publisher.site.links import web

_ADDRESS, _ALT = 2000, 200
# Mail filters take links through these for phishing.
_SHORTENERS = frozenset(
    (
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "dlvr.it",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "v.gd",
    )
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a mail can show: its address is https, or http for a preview on one's own machine."""

    src: str
    alt: str


def picture(image: Image | None, publication: Publication, *, small: bool = False) -> Picture | None:
    """The picture, unless mail readers would not show it: no SVG, no data, nothing without TLS."""
    if image is None or image.src.lower().partition("?")[0].endswith(".svg"):
        return None
    address = (image.small if small else "") or image.src
    own = address.startswith(publication.absolute("/"))
    src = web(address) if own else secure(address)
    return Picture(src, shorten(tidy(image.alt), _ALT)) if 0 < len(src) <= _ADDRESS else None


def secure(url: str) -> str:
    """The address if it is https, not absurdly long and leads where it says, else nothing."""
    quoted = web(url)
    fine = quoted.lower().startswith("https://") and len(quoted) <= _ADDRESS
    return quoted if fine and _host(quoted) not in _SHORTENERS else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
