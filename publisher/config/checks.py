"""A configured value -> what is wrong with it, or ''. The types have been checked before."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from publisher.config.days import DAILY
from publisher.config.inboxes import BOUNCES
from publisher.config.placeholders import PLACEHOLDERS, fill
from publisher.config.sending import SENDING
from publisher.config.share import OWN, service
from publisher.config.web import WEB

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::[0-9]{1,5})?"
_BASE = re.compile(rf"https?://{_HOST}(?:/[^\s\\?#\"'<>`]*)?")
_WEB = re.compile(rf"https?://{_HOST}(?:[/?#][^\s\"<>]*)?")
_NEWSLETTER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Newsletters lie in /newsletter/NAME/, beside older pages of the list and issues of former times.
_TAKEN = re.compile(r"page|feed|[0-9-]+")
_PLACEHOLDERS = {"year", "month", "day", "slug", "section"}


def check(key: str, value: Any) -> str:
    """What is wrong with the value of `key` (dotted: `feed.items`); '' when nothing is."""
    key = re.sub(r"^newsletters\.[^.]+\.", "newsletter.", key)
    key = re.sub(r"^relays\.[^.]+\.", "relays.", key)
    return _CHECKS[key](value) if key in _CHECKS else ""


def check_name(table: str, name: str) -> str:
    """What is wrong with the name of one of several tables (`newsletters`, `weekly`)."""
    if table != "newsletters":
        return ""
    if not _NEWSLETTER.fullmatch(name) or len(name) > 40:
        return f"{name!r}: a newsletter's name has up to 40 small letters, digits and hyphens (a-z, 0-9, -)"
    taken = f"{name!r} cannot be a newsletter's name: its address has another use"
    return taken if _TAKEN.fullmatch(name) else ""


def _positive(value: int) -> str:
    return "" if value > 0 else f"expected a number above 0, found {value}"


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


def _optional_base(value: str) -> str:
    return _base(value) if value else ""


def _optional_secure(value: str) -> str:
    """What a mail links to for money has TLS."""
    fine = not value or (value.startswith("https://") and _is_web(value))
    return "" if fine else f"{value!r} is not a secure web address (https://…)"


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


def _uri(value: str) -> str:
    fine = not value or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value)
    return "" if fine else f"{value!r} is not a URI such as urn:uuid:… or https://…"


def _filled(value: str) -> str:
    try:
        fill(value, dict.fromkeys(PLACEHOLDERS, ""))
    except ValueError as error:
        return str(error)
    return ""


def _tags(value: tuple[str, ...]) -> str:
    return next(filter(None, map(_tag, value)), "")


def _optional_tag(value: str) -> str:
    return _tag(value) if value else ""


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
    **BOUNCES,
    **dict.fromkeys(("bounces.soft_count", "bounces.soft_days", "bounces.soft_memory"), _positive),
    **DAILY,
    "daily.report": _mailbox,
    "clean.confidence": _share,
    "feed.hub": _optional_web,
    "feed.of": _kinds,
    "feed.least": _positive,
    "feed.id": _uri,
    "images.widths": _widths,
    "images.formats": _formats,
    "images.max_pixels": _positive,
    "images.max_bytes": _positive,
    "logo": _logo,
    "newsletter.sender": _mailbox,
    "web.url": _optional_base,
    "newsletter.unsubscribe": _leaving,
    "newsletter.subject": _filled,
    "newsletter.preheader": _filled,
    "newsletter.sponsor_url": _optional_secure,
    "newsletter.language": _optional_tag,
    "newsletter.languages": _tags,
    "newsletter.signup": _optional_web,
    "newsletter.signup_field": _form_field,
    "share": _share_ways,
    "content": _folder,
    "templates": _folder,
    "output": _place,
    **SENDING,
    **WEB,
}
