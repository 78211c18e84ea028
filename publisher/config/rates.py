"""Texts of the configuration -> rates in mails per second, by relay and by domain."""

import re

_RATE = re.compile(r"([1-9][0-9]{0,8})\s*/\s*(s|sec|second|m|min|minute|h|hour|d|day)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def read_rate(text: str) -> float:
    """`100/s`, `600/min`, `5000/h`, `50000/day` -> mails per second; '' is 0, no limit. Raises ValueError."""
    if not text.strip():
        return 0.0
    if not (found := _RATE.fullmatch(text.strip().lower())):
        raise ValueError(f"{text!r} is no rate such as 100/s, 600/min, 5000/h or 50000/day")
    return int(found[1]) / _SECONDS[found[2][0]]


def read_domain_rates(texts: tuple[str, ...]) -> dict[str, float]:
    """`("gmail.com 20/s", "* 5/s")` -> rates by domain; `*` is any other. Raises ValueError."""
    rates = {}
    for text in texts:
        domain, _, rate = text.strip().partition(" ")
        if not domain or not rate.strip():
            raise ValueError(f"{text!r} is not a domain and its rate, such as 'gmail.com 20/s'")
        rates[domain.lower()] = read_rate(rate)
    return rates
