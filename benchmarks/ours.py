"""A text in -> the text as the product's cleaner leaves it, with the title, if it was moved, on top."""

import json
from functools import cache
from pathlib import Path

from benchmarks.pages import article
from benchmarks.systems import Given
from publisher.clean.engine import clean
from publisher.clean.scorer.model import Model, read
from publisher.settings import CleanSettings


def cleaned(given: Given, models: Path | None, strict: bool) -> str:
    """`models`: the weights of each fold, as `benchmarks.train_scorer --out` writes them."""
    model = None if models is None or given.fold is None else _model(models, given.fold)
    found = clean(article(given.text), CleanSettings(strict=strict), model).article
    return "\n".join([found.front.title, *(line.text for line in found.lines)])


@cache
def _model(models: Path, fold: int) -> Model:
    return read(json.loads(models.read_text(encoding="utf-8"))["models"][str(fold)])
