"""Views in -> both passes of the scorer as plain data, and what they say of pages they never saw."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.views import View
from publisher.clean.scorer import features, second

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Pass = tuple[lightgbm.Booster, ...]
SUREST = 0.955  # what may be said of a line: of the surest on unseen sites one in twenty is the story's
EARLY, FLOOR = 36, -2.5  # the first pass stops after EARLY trees of each seed where the logit is below FLOOR
SEEDS = (1, 2)  # each pass is the mean of as many boosters: one alone depends on its chance
COMMON = {
    "objective": "binary", "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63, "lambda_l2": 1.0,
    "extra_trees": True,  # thresholds by chance: with so few publishers the best ones are the pages' own
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
FIRST = COMMON | {
    "learning_rate": 0.09, "num_leaves": 15, "max_depth": 5, "min_child_samples": 50, "feature_fraction": 0.3,
}  # fmt: skip
SECOND = COMMON | {
    "learning_rate": 0.14, "num_leaves": 10, "max_depth": 4, "min_child_samples": 60, "feature_fraction": 0.5,
}  # fmt: skip
TREES = (140, 60)


def said(boosters: Pass, cells: Numbers, trees: int | None = None) -> Numbers:
    """The logits of a pass for rows of cells, after so many trees of each booster (all of them)."""
    logits = [np.asarray(each.predict(cells, raw_score=True, num_iteration=trees)) for each in boosters]
    return np.asarray(np.mean(logits, axis=0))


class Learner:
    """The views as one matrix. `fold` is the fold of each view; a fold's publishers are in no other."""

    def __init__(self, views: Sequence[View], fold: Sequence[int]) -> None:
        self.views = views
        self.starts = np.cumsum([0, *(len(view.at) for view in views)])
        self.owner = np.repeat(np.arange(len(views)), np.diff(self.starts))
        self.fold = np.array(fold)[self.owner]
        self.folds = sorted(set(fold))
        self.cells = np.array([row for view in views for row in view.cells], dtype=np.float32).astype(float)
        labels = [label for view in views for label in view.labels]
        self.chrome = np.array([label in "bd" for label in labels])
        self.told = np.array([label in "cbd" for label in labels])
        self.weight = self._weights()

    def _weights(self) -> Numbers:
        """A view counts less for each of its lines, the longer it is; a story line more, the longer it is."""
        counts = np.diff(self.starts)
        page = np.array([view.weight for view in self.views]) * np.minimum(
            1, (60 / np.maximum(counts, 1)) ** 0.5
        )
        sizes = np.array([view.lines[at].look.size for view in self.views for at in view.at])
        story = np.clip((sizes / 15) ** 0.5, 0.7, 3.0)
        return np.asarray(page[self.owner] * np.where(self.chrome, 1.0, story))

    def fit(self, cells: Numbers, chosen: Flags, settings: Mapping[str, Any], trees: int) -> Pass:
        rows = chosen & self.told
        sets = [lightgbm.Dataset(cells[rows], self.chrome[rows], weight=self.weight[rows]) for _ in SEEDS]
        return tuple(
            lightgbm.train({**settings, "seed": seed}, data, trees)
            for seed, data in zip(SEEDS, sets, strict=True)
        )

    def first(self, without: frozenset[int]) -> Pass:
        """The first pass, learned from all folds but these."""
        return self.fit(self.cells, ~np.isin(self.fold, list(without)), FIRST, TREES[0])

    def first_logits(self, first: Pass) -> Numbers:
        """What the first pass says of every line, stopping early as the cleaner does."""
        full, early = said(first, self.cells), said(first, self.cells, EARLY)
        return np.where(early < FLOOR, early, full)

    def second_cells(self, logits: Numbers) -> Numbers:
        """Features of the second pass, given what the first says of each line."""
        found: list[Sequence[float]] = []
        for number, view in enumerate(self.views):
            part = logits[self.starts[number] : self.starts[number + 1]].tolist()
            first = dict(zip(view.at, view.cells, strict=True))
            found += second.vectors(view.lines, first, dict(zip(view.at, part, strict=True))).values()
        return np.array(found, dtype=float)


class Crossed:
    """Both passes learned once for each fold left out, and once from everything."""

    def __init__(self, learner: Learner, log: Callable[[str], None]) -> None:
        self.learner = learner
        without = [frozenset(pair) for pair in combinations(learner.folds, 2)]
        without += [frozenset({fold}) for fold in learner.folds]
        boosters = {}
        for number, folds in enumerate(without, 1):
            log(f"first pass {number}/{len(without)}")
            boosters[folds] = learner.first(folds)
        logits = {folds: learner.first_logits(booster) for folds, booster in boosters.items()}
        self.firsts = {fold: boosters[frozenset({fold})] for fold in learner.folds}
        self.seconds, self.logits = {}, np.zeros(len(learner.fold))
        for fold in learner.folds:
            log(f"second pass without fold {fold}")
            unseen = self._unseen(logits, fold)
            cells = learner.second_cells(unseen)
            self.seconds[fold] = learner.fit(cells, learner.fold != fold, SECOND, TREES[1])
            here = learner.fold == fold
            self.logits[here] = (unseen[here] + said(self.seconds[fold], cells[here])) / 2
        self._unseen_by_one = {fold: logits[frozenset({fold})] for fold in learner.folds}

    def _unseen(self, logits: Mapping[frozenset[int], Numbers], fold: int) -> Numbers:
        """For each line, what a first pass says of it that saw neither its fold nor `fold`."""
        found = np.zeros(len(self.learner.fold))
        for other in self.learner.folds:
            here = self.learner.fold == other
            found[here] = logits[frozenset({fold, other})][here]
        return found

    def model_without(self, fold: int) -> dict[str, Any]:
        """The model for a fold's pages, which it has not seen; nor has its calibration."""
        points = self.points(self.learner.fold != fold)
        return data(self.firsts[fold], self.seconds[fold], points)

    def model(self, log: Callable[[str], None]) -> dict[str, Any]:
        """The model learned from every page."""
        log("from everything")
        learner = self.learner
        unseen = np.zeros(len(learner.fold))
        for fold in learner.folds:
            unseen[learner.fold == fold] = self._unseen_by_one[fold][learner.fold == fold]
        every = np.ones(len(learner.fold), dtype=bool)
        booster = learner.fit(learner.second_cells(unseen), every, SECOND, TREES[1])
        return data(learner.first(frozenset()), booster, self.points(every))

    def judged(self) -> Flags:
        """The lines that calibration is about: as the cleaner sees them, labelled well."""
        told = [
            view.name == "full" and view.page.scored and view.page.mode != "page"
            for view in self.learner.views
        ]
        return np.asarray(np.array(told)[self.learner.owner] & self.learner.told)

    def points(self, chosen: Flags) -> list[tuple[float, float]]:
        """A sigmoid below SUREST on some lines' logits, as points between which to read linearly."""
        rows = chosen & self.judged()
        slope, start = _sigmoid(self.logits[rows], self.learner.chrome[rows])
        at = np.arange(-6.0, 6.5, 0.5)
        return list(zip(at.tolist(), (SUREST * expit(slope * at + start)).tolist(), strict=True))


def _sigmoid(logits: Numbers, chrome: Flags) -> tuple[float, float]:
    """Slope and start of the likeliest sigmoid (Platt, 1999) with SUREST in place of 1."""

    def unlikely(line: Numbers) -> float:
        sure = np.clip(SUREST * expit(line[0] * logits + line[1]), 1e-9, None)
        return -float(np.where(chrome, np.log(sure), np.log1p(-sure)).mean())

    slope, start = minimize(unlikely, [1.0, 0.0], method="L-BFGS-B").x
    return float(slope), float(start)


def data(first: Pass, second_pass: Pass, points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A model as it stands in its file."""
    return {
        "calibration": [[round(x, 3), round(y, 4)] for x, y in points],
        "first": {"early": EARLY * len(first), "floor": FLOOR, "trees": _trees(first, features.NAMES)},
        "second": {"trees": _trees(second_pass, second.NAMES)},
    }


def _trees(boosters: Pass, names: Sequence[str]) -> list[Any]:
    """The trees of all boosters by turns, each with its part in the mean."""
    dumped = [booster.dump_model()["tree_info"] for booster in boosters]
    share = 1 / len(boosters)
    return [
        _node(tree["tree_structure"], names, share) for turn in zip(*dumped, strict=True) for tree in turn
    ]


def _node(node: Mapping[str, Any], names: Sequence[str], share: float) -> Any:
    if "leaf_value" in node:
        return float(f"{share * node['leaf_value']:.4g}")
    return [
        names[node["split_feature"]],
        float(f"{node['threshold']:.5g}"),
        float(f"{share * node['internal_value']:.4g}"),
        _node(node["left_child"], names, share),
        _node(node["right_child"], names, share),
    ]
