"""A score and the features behind it -> the strongest reasons, in a journalist's words."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from publisher.clean.scorer import features, second
from publisher.clean.scorer.model import Judged, Model, Score

MOST = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said of a feature: `low` below `at`, else `high`."""

    at: float
    low: str
    high: str


def reasons(judged: Judged, model: Model) -> tuple[str, ...]:
    """The two or three strongest reasons for taking the line; the first pass is opened up."""
    found: list[str] = []
    for name, value in _values(judged, judged.explained(model)):
        phrase = phrases().get(name)
        text = "" if phrase is None else phrase.low if value < phrase.at else phrase.high
        if text and text not in found:
            found.append(text)
        if len(found) == MOST:
            break
    return tuple(found)


def _values(judged: Judged, score: Score) -> Iterator[tuple[str, float]]:
    """Features that speak against the line, strongest first, with their values."""
    own = dict(zip(features.NAMES, judged.first, strict=True))
    around = dict(zip(second.NAMES, judged.second, strict=True))
    parts: Mapping[str, float] = {
        name: max(score.first.get(name, 0.0), 0.0) + max(score.contributions.get(name, 0.0), 0.0)
        for name in {*score.first, *score.contributions}
    }
    for name in sorted(parts, key=lambda name: (-parts[name], name)):
        if parts[name] > 0 and name in phrases():
            yield name, around[name] if name in around else own[name]


@cache
def phrases() -> dict[str, Phrase]:
    """Feature -> what is said of it."""
    source = files("publisher.clean.scorer") / "reasons.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["reason"]
    return {
        name: Phrase(float(row["at"]), row["low"], row["high"]) for row in rows for name in row["features"]
    }
