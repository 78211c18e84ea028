"""How good rules and scorer are together on labelled pages; skipped where the pages are not at hand.

The shipped weights have seen these pages, so this guards against mistakes in the code only. What to
expect of unseen publishers is in docs/scorer.md, measured by benchmarks/train_scorer.py.
"""

from pathlib import Path

import pytest

from benchmarks.compose import cleaned
from benchmarks.pages import Page, article, read_pages
from publisher.clean.scorer.model import weights
from publisher.clean.text import words

PAGES = Path(__file__).parents[4] / "shared" / "lines" / "dev"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the labelled pages are not here")


def test_furniture_goes_and_the_story_stays() -> None:
    pages = [page for page in read_pages(PAGES) if page.mode == "container" and page.scored][::3]
    counts = [_counted(page) for page in pages]
    right, wrong, missed = (sum(count[part] for count in counts) for part in range(3))
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.84
    assert sum(count[3] for count in counts) / len(counts) <= 0.006


def test_a_clean_text_is_hardly_touched() -> None:
    given = left = 0
    for page in [page for page in read_pages(PAGES) if page.mode == "container" and page.scored]:
        gold = article(page.about["gold"], page.about["title"])
        given += sum(len(words(line.text)) for line in gold.lines)
        left += sum(len(words(line.text)) for line in cleaned(gold, weights(), strict=False).lines)
    assert (given - left) / given <= 0.002


def _counted(page: Page) -> tuple[int, int, int, float]:
    """Lines rightly and wrongly taken, lines missed, and the share of the story that is lost."""
    lines = dict(enumerate(page.text.split("\n"), 1))
    left = {line.number for line in cleaned(article(page.text), weights(), strict=False).lines}
    gone = page.labels.keys() - left
    story = {number: len(words(lines[number])) for number, label in page.labels.items() if label == "c"}
    return (
        sum(page.labels[number] in "bd" for number in gone),
        sum(page.labels[number] == "c" for number in gone),
        sum(page.labels[number] in "bd" for number in page.labels.keys() - gone),
        sum(story.get(number, 0) for number in gone) / max(1, sum(story.values())),
    )
