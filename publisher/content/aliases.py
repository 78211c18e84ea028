"""An address that an article had before, as its author writes it -> an address of the site.

Source: RFC 3986 (3.3, paths); a path has to be a place on any disk as well.
"""

import unicodedata
from urllib.parse import unquote

from publisher.content.slugs import is_reserved, is_slug

_MOST_BYTES = 200  # of one part: a file name holds 255
_UNFIT = frozenset('\\:*?"<>|#')


def read_alias(text: str) -> str:
    """`/2019/old/`, `/2019/old` (the same), `/old.html`, or a former slug; NFC, percent-decoded.

    An address that names no file ends in `/`. Raises ValueError with what is wrong.
    """
    plain = unicodedata.normalize("NFC", unquote(text))
    if "://" in plain:
        raise ValueError(f"{text!r} has a host; write what follows it, from / on")
    if not plain.startswith("/"):
        if not is_slug(plain):
            raise ValueError(f"{text!r} is neither an address from / on nor a former slug")
        return plain
    parts = [part for part in plain.split("/") if part]
    if unfit := next((part for part in parts if not _is_part(part)), None):
        raise ValueError(f"{text!r} is no address for a page ({unfit!r})")
    if not parts:
        raise ValueError("the front page cannot lead elsewhere")
    path = "/" + "/".join(parts)
    return path if path.endswith((".html", ".htm")) else f"{path}/"


def below(alias: str, url: str) -> str:
    """A former slug in the place of the present one in `url` (it ends in `/`); an address as it is."""
    if alias.startswith("/"):
        return alias
    return url.rstrip("/").rpartition("/")[0] + f"/{alias}/"


def _is_part(part: str) -> bool:
    fit = _UNFIT.isdisjoint(part) and all(unicodedata.category(char)[0] not in "CZ" for char in part)
    fit = fit and not is_reserved(part)
    return fit and not part.startswith(".") and not part.endswith(".") and len(part.encode()) <= _MOST_BYTES
