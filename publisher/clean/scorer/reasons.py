"""The words for what the features of a line say, in a journalist's language (`reasons.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said of a feature: `low` below `at`, else `high`."""

    at: float
    low: str
    high: str


@cache
def phrases() -> dict[str, Phrase]:
    """Feature -> what is said of it."""
    source = files("publisher.clean.scorer") / "reasons.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["reason"]
    return {
        name: Phrase(float(row["at"]), row["low"], row["high"]) for row in rows for name in row["features"]
    }
