"""An article and the lines that the rules took -> for each line left, how likely it is page furniture.

Two passes of boosted trees: the first sees each line with its surroundings, the second what the first
thinks of the lines around. What counts is the mean of both: on sites never seen it is right more often than
either. The weights are data (`weights.json`), made by `benchmarks/train_scorer.py`.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from publisher.clean.scorer import features, second
from publisher.clean.scorer.row import Row
from publisher.clean.scorer.rows import rows
from publisher.clean.scorer.trees import Forest, contributions, forest, logit
from publisher.model import Article


@dataclass(frozen=True, slots=True)
class Model:
    """Both passes, and the calibration: (logit, probability) points, rising, read linearly between."""

    first: Forest
    second: Forest
    points: tuple[tuple[float, float], ...]

    def probability(self, value: float) -> float:
        """The share of lines with this logit that are furniture or duplicates, on sites never seen."""
        at = bisect_right(self.points, (value, 2.0))
        if at in {0, len(self.points)}:
            return self.points[min(at, len(self.points) - 1)][1]
        (x0, y0), (x1, y1) = self.points[at - 1], self.points[at]
        return y0 + (y1 - y0) * (value - x0) / (x1 - x0)


@dataclass(frozen=True)  # no slots: what is asked for is kept
class Score:
    """How likely a line is furniture, and why. The reasons cost more than the judgement: made when asked for.

    `cells`: the line's features in the first and in the second pass.
    """

    probability: float
    cells: tuple[Sequence[float], Sequence[float]]
    model: Model

    @cached_property
    def contributions(self) -> Mapping[str, float]:
        """What each feature adds to the logit (second pass), largest first."""
        return contributions(self.model.second, self.cells[1])

    @cached_property
    def first(self) -> Mapping[str, float]:
        """What each feature adds to `first` in it, the logit of the first pass."""
        return contributions(self.model.first, self.cells[0])


@dataclass(frozen=True, slots=True)
class Judged:
    """One line judged, with what is needed to explain it."""

    row: Row
    score: Score

    @property
    def probability(self) -> float:
        return self.score.probability

    @property
    def first(self) -> Sequence[float]:
        """Its features in the first pass."""
        return self.score.cells[0]

    @property
    def second(self) -> Sequence[float]:
        """Its features in the second pass."""
        return self.score.cells[1]

    def explained(self, model: Model) -> Score:
        """The score with its reasons, by the model that judged or by another."""
        return self.score if model is self.score.model else Score(self.probability, self.score.cells, model)


def score(article: Article, removed: frozenset[int], model: Model | None = None) -> dict[int, Score]:
    """Line number -> score, for each line that may be furniture at all.

    Left out: blank and removed lines, long paragraphs, paragraphs between two others, lines with a form of
    their own (tables, verses, lists with figures), and those that the first pass has no doubt about.

    `article` holds the removed lines, too: what was taken nearby is evidence. Linear in the text.
    """
    model = model or weights()
    judged = judge(rows(article, removed), article.front.title, model)
    return {one.row.number: one.score for one in judged}


def judge(lines: Sequence[Row], title: str, model: Model) -> Iterator[Judged]:
    """The same for rows, without the means to explain a judgement."""
    cells = features.vectors(lines, title)
    views = {at: logit(model.first, row) for at, row in cells.items()}
    doubted = {at: row for at, row in cells.items() if views[at] >= model.first.floor}
    for at, row in second.vectors(lines, doubted, views).items():
        mean = (views[at] + logit(model.second, row)) / 2
        yield Judged(lines[at], Score(model.probability(mean), (cells[at], row), model))


@cache
def weights() -> Model:
    """The model that is shipped, read once."""
    source = files("publisher.clean.scorer") / "weights.json"
    return read(json.loads(source.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Model:
    """A model from its data file. A KeyError names a feature or a part that is missing."""
    return Model(
        forest(features.NAMES, data["first"]["trees"], data["first"]["early"], data["first"]["floor"]),
        forest(second.NAMES, data["second"]["trees"]),
        tuple((float(x), float(y)) for x, y in data["calibration"]),
    )
