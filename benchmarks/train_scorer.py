"""Labelled pages in -> the scorer's weights, and how good the cleaner is with them on unseen publishers.

    python -m benchmarks.train_scorer FOLDER [--write] [--out FILE]

FOLDER holds `dev/` and `score.py` (see its README). Needs numpy, scipy and lightgbm, which the
product does not. Nothing is judged by a model that has seen a page of its publisher.
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.compose import cleaned, ruled
from benchmarks.learn import Crossed, Learner
from benchmarks.pages import MODES, Page, article, folds, groups, read_cases, read_pages, table
from benchmarks.views import View, views
from publisher.clean.scorer.model import Model, read
from publisher.clean.text import words

FOLDS, SEED = 5, 7
CASES = Path(__file__).parents[1] / "tests" / "clean" / "cases"
WEIGHTS = Path(__file__).parents[1] / "publisher" / "clean" / "scorer" / "weights.json"
SHOWN = ("F1", "lineP", "lineR", "loss_mean", "loss_gt2", "residual_any", "residual_d", "perfect")
STEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("--out", type=Path, help="write the models of each fold there, too")
    options = parser.parse_args(arguments)
    pages = [*read_pages(options.folder / "dev"), *read_cases(CASES)]
    fold = fold_of(pages)
    crossed = Crossed(learner(pages, fold), _log)
    models = {number: crossed.model_without(number) for number in crossed.learner.folds}
    if options.out:
        options.out.write_text(json.dumps({"fold": fold, "models": models}), encoding="utf-8")
    data = crossed.model(_log)
    if options.write:
        written(data)
    show(report(options.folder, pages, fold, {n: read(model) for n, model in models.items()}))
    show(calibration(crossed))
    return 0


def fold_of(pages: Sequence[Page]) -> dict[str, int]:
    """Domain -> fold; publishers with shared templates are in one fold."""
    group = groups(pages)
    sizes = Counter(group[page.domain] for page in pages for _ in page.labels)
    number = folds(sizes, FOLDS)
    return {domain: number[group[domain]] for domain in sorted(group)}


def learner(pages: Sequence[Page], fold: Mapping[str, int]) -> Learner:
    found: list[View] = []
    for count, page in enumerate(pages, 1):
        found += views(page, SEED)
        if count % 100 == 0:
            _log(f"{count}/{len(pages)} pages")
    return Learner(found, [fold[view.page.domain] for view in found])


def written(data: Mapping[str, Any]) -> None:
    """One tree to a line, so that a change can be read in a diff."""
    parts = [f'"calibration": {json.dumps(data["calibration"])}']
    for name in ("first", "second"):
        rest = {key: value for key, value in data[name].items() if key != "trees"}
        head = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in rest.items())
        trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in data[name]["trees"])
        parts.append(f'"{name}": {{{head}"trees": [\n{trees}\n]}}')
    WEIGHTS.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    _log(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")


def report(
    folder: Path, pages: Sequence[Page], fold: Mapping[str, int], models: Mapping[int, Model]
) -> list[list[str]]:
    """The figures of the whole cleaner, each page by the model that has not seen its publisher."""
    score = _scoring(folder)
    rows = [["setting", "mode", "pages", *SHOWN]]
    for mode in MODES:
        here = [page for page in pages if page.mode == mode and page.scored]
        for setting in ("rules", "default", "strict"):
            found = []
            for page in here:
                text = _cleaned(page, models[fold[page.domain]], setting)
                found.append(score.score_doc(dict(page.about), mode, page.text, text))
            total = score.summary(found)
            rows.append([setting, mode, str(len(here)), *(f"{total[name]:.3f}" for name in SHOWN)])
    rows.append(
        ["default", "gold", "", f"lost {_gold_lost(pages, fold, models):.4%}", *[""] * (len(SHOWN) - 1)]
    )
    return rows


def _cleaned(page: Page, model: Model, setting: str) -> str:
    if setting == "rules":
        whole, gone = ruled(article(page.text))
        front, lines = whole.front, [line for line in whole.lines if line.number not in gone]
    else:
        after = cleaned(article(page.text), model, setting == "strict")
        front, lines = after.front, list(after.lines)
    return "\n".join([front.title, *(line.text for line in lines)])


def _gold_lost(pages: Sequence[Page], fold: Mapping[str, int], models: Mapping[int, Model]) -> float:
    """The share of words that the cleaner takes from texts in which nothing is to be taken."""
    given = left = 0
    for page in pages:
        if page.mode == "container" and page.scored:
            gold = article(page.about["gold"], page.about["title"])
            after = cleaned(gold, models[fold[page.domain]], strict=False)
            given += sum(len(words(line.text)) for line in gold.lines)
            left += sum(len(words(line.text)) for line in after.lines)
    return (given - left) / given


def calibration(crossed: Crossed) -> list[list[str]]:
    """How often a line was furniture, by what was said of it; each fold by the others' calibration."""
    learner = crossed.learner
    said = np.zeros(len(learner.fold))
    for fold in learner.folds:
        points = crossed.points(learner.fold != fold)
        here = learner.fold == fold
        said[here] = np.interp(crossed.logits[here], [x for x, _ in points], [y for _, y in points])
    told = crossed.judged()
    rows = [["said", "lines", "mean said", "were furniture"]]
    for low, high in pairwise(STEPS):
        part = told & (said >= low) & (said < high)
        if part.any():
            were = learner.chrome[part].mean()
            rows.append(
                [f"{low:.2f}-{min(high, 1):.2f}", str(part.sum()), f"{said[part].mean():.3f}", f"{were:.3f}"]
            )
    return rows


def show(rows: Sequence[Sequence[str]]) -> None:
    sys.stdout.write(table(rows) + "\n\n")


def _scoring(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _log(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
