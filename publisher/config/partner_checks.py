"""A value of `[feeds.NAME]` -> what is wrong with it, or ''. The types have been checked before."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from publisher.config.checks import check
from publisher.settings import ENDINGS

_LEASTS = ("days", "max_item_bytes", "title_min", "title_max", "image_min")  # 0 for none
_ADVISED = ("summary_advised", "image_advised", "items_advised", "description_advised")


def check_feed(key: str, value: Any) -> str:
    """What is wrong with the value of `key` (`items`; `name` for the table's own); '' if nothing is."""
    return _CHECKS[key](value) if key in _CHECKS else ""


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
    return next((message for each in value if (message := check("language", each))), "")


def _span(value: tuple[int, ...]) -> str:
    fine = not value or (len(value) == 2 and 0 <= value[0] <= value[1])
    return "" if fine else f"expected two numbers, the smaller one first, found {list(value)}"


def _not_negative(value: int) -> str:
    return "" if value >= 0 else f"expected 0 or more, found {value}"


def _large(value: int) -> str:
    return "" if 20_000 <= value <= 5_000_000 else f"expected 20,000 to 5,000,000 bytes, found {value:,}"


def _address(value: str) -> str:
    fine = not check("feed.hub", value) or re.fullmatch(r"/[^\s\"<>]+", value)
    return "" if fine else f"{value!r} is neither a web address (https://…) nor one of the site (/logo.png)"


_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "name": _feed_name,
    "path": _feed_path,
    "formats": _feed_formats,
    "languages": _tags,
    "items": partial(check, "feed.items"),
    "max_bytes": _large,
    "title_advised": _span,
    "logo": _address,
    "dark_logo": _address,
    **dict.fromkeys((*_LEASTS, *_ADVISED), _not_negative),
}
