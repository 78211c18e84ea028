"""A configured value of `[web]` -> what is wrong with it, or ''."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Any


def _networks(value: tuple[str, ...]) -> str:
    for each in value:
        try:
            ip_network(each, strict=False)
        except ValueError:
            return f"{each!r} is neither an address nor a network such as 10.0.0.0/8"
    return ""


def _topics(value: tuple[str, ...]) -> str:
    bad = next((each for each in value if not each.startswith("arn:aws")), None)
    example = "arn:aws:sns:eu-west-1:123456789012:bounces"
    return "" if bad is None else f"{bad!r} is no topic of Amazon SNS such as {example}"


def _hourly(value: int) -> str:
    return "" if value > 0 else f"expected a number above 0, found {value}"


def _burst(value: int) -> str:
    return "" if value >= 0 else f"expected 0 (any number) or more, found {value}"


def _refuse(value: tuple[str, ...]) -> str:
    bad = next((each for each in value if each not in _KINDS), None)
    return "" if bad is None else f"{bad!r} is none of {', '.join(map(repr, _KINDS))}"


def _mailboxes(value: tuple[str, ...]) -> str:
    bad = next((each for each in value if not _NAMED.fullmatch(each)), None)
    return "" if bad is None else f"{bad!r} is neither an address nor a domain such as example.org"


_KINDS = ("roles", "disposable", "unreachable")
_NAMED = re.compile(r"(?:[^\s@]+@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
WEB: Mapping[str, Callable[[Any], str]] = {
    "web.proxies": _networks,
    "web.topics": _topics,
    "web.hourly": _hourly,
    "web.domain_hourly": _hourly,
    "web.burst": _burst,
    "web.refuse": _refuse,
    "web.allowed": _mailboxes,
    "web.blocked": _mailboxes,
}
