"""A configured value -> what is wrong with it, or ''. The types have been checked before."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from publisher.config.share import OWN, service
from publisher.partner import ENDINGS

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::[0-9]{1,5})?"
_BASE = re.compile(rf"https?://{_HOST}(?:/[^\s\\?#\"'<>`]*)?")
_WEB = re.compile(rf"https?://{_HOST}(?:[/?#][^\s\"<>]*)?")
_LEASTS = ("days", "max_item_bytes", "title_min", "title_max", "image_min")  # of [feeds.NAME], 0 for none
_ADVISED = ("summary_advised", "image_advised", "items_advised", "description_advised")
_PLACEHOLDERS = {"year", "month", "day", "slug", "section"}


def check(key: str, value: Any) -> str:
    """What is wrong with the value of `key` (dotted: `feed.items`, `feeds.NAME.items`); '' if nothing is."""
    if key.startswith("feeds."):
        key = f"feeds.{key.rpartition('.')[2]}"
    return _CHECKS[key](value) if key in _CHECKS else ""


def _positive(value: int) -> str:
    return "" if value > 0 else f"expected a number above 0, found {value}"


def _large(value: int) -> str:
    return "" if 20_000 <= value <= 5_000_000 else f"expected 20,000 to 5,000,000 bytes, found {value:,}"


def _share(value: float) -> str:
    return "" if 0 <= value <= 1 else f"expected a number from 0 to 1, found {value}"


def _title(value: str) -> str:
    return "" if value.strip() else "a publication needs a name"


def _base(value: str) -> str:
    """Scheme, host, perhaps a port and a path: pages' addresses are added to it as they are."""
    if not _is_web(value):
        return f"{value!r} is not a web address (https://…)"
    return (
        ""
        if _BASE.fullmatch(value)
        else f"{value!r} is more than a web address with a path (no ?, #, quotes)"
    )


def _optional_web(value: str) -> str:
    return "" if not value or _is_web(value) else f"{value!r} is not a web address (https://…)"


def _is_web(value: str) -> bool:
    """Python's own reader and IDNA must take it, as they will have to (`http://[::1` and `:99999` fail)."""
    if not _WEB.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
        (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError:
        return False
    return port != 0


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return f"{value!r} is not a time zone; names look like Europe/Berlin"
    return ""


def _tag(value: str) -> str:
    return "" if _LANGUAGE.fullmatch(value) else f"{value!r} is not a language tag such as en, de or pt-BR"


def _colour(value: str) -> str:
    return "" if re.fullmatch(r"#[0-9a-fA-F]{6}", value) else f"{value!r} is not a colour such as #a4262c"


def _mailbox(value: str) -> str:
    return "" if not value or _ADDRESS.fullmatch(value) else f"{value!r} is not an e-mail address"


def _leaving(value: str) -> str:
    fine = not value or re.match(r"https://[^\s/]+\S*$|mailto:[^\s@]+@\S+$", value)
    return "" if fine else f"{value!r} is neither https://… nor mailto:…"


def _folder(value: str) -> str:
    bad = not value.strip() or value.startswith(("/", "~")) or ".." in re.split(r"[/\\]", value)
    return f"{value!r} is not a folder inside the publication" if bad else ""


def _place(value: str) -> str:
    return "" if value.strip() else "a folder is missing"


def _permalink(value: str) -> str:
    names = set(re.findall(r"\{(\w*)\}", value))
    if unfit := re.search(r"\.\.|//|[?#\\\s]", value):
        return f"{value!r} must not hold {unfit[0]!r}"
    if not (value.startswith("/") and value.endswith("/")):
        return f"{value!r} must begin and end with /"
    if "slug" not in names:
        return f"{value!r} needs {{slug}}"
    unknown = sorted(names - _PLACEHOLDERS) or re.findall(r"[{}]", re.sub(r"\{\w*\}", "", value))
    return f"unknown {{{unknown[0]}}}; known are {', '.join(sorted(_PLACEHOLDERS))}" if unknown else ""


def _share_ways(value: tuple[str, ...]) -> str:
    for entry in value:
        if entry not in OWN:
            try:
                service(entry)
            except ValueError as error:
                return str(error)
    return ""


def _form_field(value: str) -> str:
    return "" if re.fullmatch(r"[\w\[\].-]+", value) else f"{value!r} is not the name of a form's field"


def _widths(value: tuple[int, ...]) -> str:
    bad = next((width for width in value if not 16 <= width <= 10_000), None)
    if bad is not None:
        return f"expected widths from 16 to 10000 pixels, found {bad}"
    return "" if value else "at least one width is needed; responsive = false copies pictures as they are"


def _formats(value: tuple[str, ...]) -> str:
    bad = next((name for name in value if name not in {"avif", "webp"}), None)
    return f"expected 'avif' or 'webp', found {bad!r}" if bad is not None else ""


def _kinds(value: tuple[str, ...]) -> str:
    kinds = ("section", "tag", "author", "language")
    bad = next((name for name in value if name not in kinds), None)
    return f"expected {', '.join(map(repr, kinds))}, found {bad!r}" if bad is not None else ""


def _feed_name(value: str) -> str:
    fine = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", value)
    return "" if fine else f"{value!r} is no name for a feed: letters, digits, - and _"


def _feed_path(value: str) -> str:
    fine = not value or re.fullmatch(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*", value)
    return "" if fine else f"{value!r} is not a path within the site, without ending, such as 'partners/msn'"


def _feed_formats(value: tuple[str, ...]) -> str:
    bad = next((name for name in value if name not in ENDINGS), None)
    if bad is not None:
        return f"expected {', '.join(map(repr, ENDINGS))}, found {bad!r}"
    return "" if value else "at least one format is needed"


def _tags(value: tuple[str, ...]) -> str:
    return next((message for each in value if (message := _tag(each))), "")


def _span(value: tuple[int, ...]) -> str:
    fine = not value or (len(value) == 2 and 0 <= value[0] <= value[1])
    return "" if fine else f"expected two numbers, the smaller one first, found {list(value)}"


def _not_negative(value: int) -> str:
    return "" if value >= 0 else f"expected 0 or more, found {value}"


def _address(value: str) -> str:
    fine = not value or _is_web(value) or re.fullmatch(r"/[^\s\"<>]+", value)
    return "" if fine else f"{value!r} is neither a web address (https://…) nor one of the site (/logo.png)"


def _logo(value: str) -> str:
    if not value:
        return ""
    return _folder(value) or ("" if value.lower().endswith(".png") else f"{value!r} is not a .png file")


_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "title": _title,
    "base_url": _base,
    "language": _tag,
    "time_zone": _zone,
    "accent": _colour,
    "permalink": _permalink,
    "page_size": _positive,
    "max_bytes": _positive,
    "feed.items": _positive,
    "newsletter.max_items": _positive,
    "links.days": _positive,
    "clean.confidence": _share,
    "feed.hub": _optional_web,
    "feed.of": _kinds,
    "feeds.name": _feed_name,
    "feeds.path": _feed_path,
    "feeds.formats": _feed_formats,
    "feeds.languages": _tags,
    "feeds.items": _positive,
    "feeds.max_bytes": _large,
    "feeds.title_advised": _span,
    "feeds.logo": _address,
    "feeds.dark_logo": _address,
    **dict.fromkeys((f"feeds.{key}" for key in (*_LEASTS, *_ADVISED)), _not_negative),
    "images.widths": _widths,
    "images.formats": _formats,
    "images.max_pixels": _positive,
    "images.max_bytes": _positive,
    "logo": _logo,
    "newsletter.sender": _mailbox,
    "newsletter.unsubscribe": _leaving,
    "newsletter.signup": _optional_web,
    "newsletter.signup_field": _form_field,
    "share": _share_ways,
    "content": _folder,
    "templates": _folder,
    "output": _place,
}
