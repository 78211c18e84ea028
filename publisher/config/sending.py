"""Values of `[relays.*]` and `[sending]` -> what is wrong with them, or ''."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from publisher.config.rates import read_domain_rates, read_rate

_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*")


def _between(least: int, most: int) -> Callable[[int], str]:
    return lambda value: "" if least <= value <= most else f"expected {least} to {most}, found {value}"


def _host(value: str) -> str:
    return "" if re.fullmatch(r"[\w.:-]+", value) else f"{value!r} is not the name of a machine"


def _rate(value: str) -> str:
    return _told(lambda: read_rate(value))


def _rates(value: tuple[str, ...]) -> str:
    return _told(lambda: read_domain_rates(value))


def _told(act: Callable[[], object]) -> str:
    try:
        act()
    except ValueError as error:
        return str(error)
    return ""


def _hour(value: str) -> str:
    try:
        fine = not value or (len(value) == 5 and time.fromisoformat(value).tzinfo is None)
    except ValueError:
        fine = False
    return "" if fine else f"{value!r} is no hour of the day such as '07:00'"


def _domain(value: str) -> str:
    fine = not value or _DOMAIN.fullmatch(value)
    return "" if fine else f"{value!r} is not a domain such as 'bounces.example.org'"


SENDING: Mapping[str, Callable[[Any], str]] = {
    "relays.host": _host,
    "relays.port": _between(0, 65_535),
    "relays.weight": _between(0, 1_000_000),
    "relays.connections": _between(1, 200),
    "relays.per_connection": _between(1, 1_000_000),
    "relays.rate": _rate,
    "relays.timeout": _between(1, 3_600),
    "sending.bounces": _domain,
    "sending.max_age": _between(1, 100_000),
    "sending.give_up_after": _between(1, 1_000),
    "sending.domain_rate": _rates,
    "sending.local_time": _hour,
    "sending.patience": _between(1, 86_400),
}
