"""A labelled page -> the views of it that the scorer learns from.

`full`: as the cleaner sees it, with what the rules took known. `left`: most chrome gone already, as in a
second round. `blind`: phrase lists that know fewer phrases, as on a site in other words. `gold`: the
article's true text alone, in which nothing may go.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.compose import ruled
from benchmarks.pages import Page, article
from publisher.clean.scorer import features
from publisher.clean.scorer.row import Row
from publisher.clean.scorer.rows import rows
from publisher.model import Article

LEFT, UNDONE, UNKNOWN = 0.9, 0.7, 0.3  # shares: of chrome gone; of removals undone; of lines not known
WEIGHTS = {"full": 1.0, "left": 0.6, "blind": 0.5, "gold": 0.5}
MODES = {"container": 1.0, "markdown": 0.8, "page": 0.1}
WEAK, INVENTED = 0.4, 0.15  # of pages whose labels are weak; of articles of our own


@dataclass(frozen=True, slots=True)
class View:
    """Rows, the features of those that can go (`at`: which), their labels, and how much the view counts."""

    name: str
    page: Page
    weight: float
    lines: Sequence[Row]
    at: Sequence[int]
    cells: Sequence[Sequence[float]]
    labels: Sequence[str]


def views(page: Page, seed: int) -> Iterator[View]:
    """All views of a page; chance is seeded by its name."""
    chance = random.Random(f"{seed} {page.about['id']} {page.mode}")  # noqa: S311 # not for secrets
    whole, gone = ruled(article(page.text))
    yield _view("full", page, whole, gone)
    if page.mode != "page":
        chrome = {n for n, label in page.labels.items() if label in "bd" and chance.random() < LEFT}
        lines = tuple(line for line in whole.lines if line.number not in gone | chrome)
        yield _view("left", page, Article("", whole.front, lines), frozenset())
    undone = frozenset(number for number in sorted(gone) if chance.random() < UNDONE)
    unknown = frozenset(n for n in page.labels if n not in gone and chance.random() < UNKNOWN)
    yield _view("blind", page, whole, gone - undone, undone | unknown)
    if page.mode == "container":
        title = str(page.about["title"]) if chance.random() < 0.5 else ""
        gold = article(str(page.about["gold"]), title)
        labels = dict.fromkeys(range(len(gold.lines) + 1), "c")
        true = Page("container", page.about["gold"], labels, page.about)
        yield _view("gold", true, gold, frozenset())


def _view(
    name: str, page: Page, seen: Article, gone: frozenset[int], unknown: frozenset[int] = frozenset()
) -> View:
    lines = rows(seen, gone, unknown)
    cells: Mapping[int, Sequence[float]] = features.vectors(lines, seen.front.title)
    labels = [page.labels.get(lines[at].number, "e") for at in cells]
    worth = INVENTED if page.about["source"] == "cases" else 1.0 if page.scored else WEAK
    weight = WEIGHTS[name] * MODES[page.mode] * worth
    return View(name, page, weight, lines, tuple(cells), tuple(cells.values()), labels)
