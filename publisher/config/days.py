"""A configured value of the daily run -> what is wrong with it, or ''."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from publisher.settings import DAILY_STEPS


def _time_of_day(value: str) -> str:
    fine = re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", value)
    return "" if fine else f"{value!r} is not a time of day such as 06:00"


def _steps(value: tuple[str, ...]) -> str:
    bad = next((name for name in value if name not in DAILY_STEPS), None)
    return f"expected {', '.join(map(repr, DAILY_STEPS))}, found {bad!r}" if bad is not None else ""


DAILY: Mapping[str, Callable[[Any], str]] = {"daily.at": _time_of_day, "daily.steps": _steps}
