"""How good the cleaner is on labelled pages, with floors; skipped where the pages are not at hand.

The scorer's weights have seen these pages: the floors guard the code, docs/scorer.md tells of other sites.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.clean.text import words
from publisher.model import FrontMatter
from publisher.settings import CleanSettings
from tests.clean.build import cleaned

PAGES = Path(__file__).parents[3] / "shared" / "lines" / "dev"
SOURCES = {"scrapinghub", "fundus"}  # the others have weak labels
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the labelled pages are not here")


def pages() -> Iterator[dict[str, Any]]:
    for path in sorted(PAGES.glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        if page["source"] in SOURCES:
            yield page


@pytest.mark.parametrize(
    ("strict", "floors"),
    [(False, (0.975, 0.75, 0.003, 0.04)), (True, (0.94, 0.88, 0.012, 0.16))],
    ids=["default", "strict"],
)
def test_what_goes_is_furniture_and_the_story_stays(
    strict: bool, floors: tuple[float, float, float, float]
) -> None:
    """Precision and recall of lines at least; loss on average, and share of pages that lose much, at most."""
    right = wrong = missed = 0
    losses = []
    for page in pages():
        text = (PAGES / f"{page['id']}.container.md").read_text(encoding="utf-8")
        lines = {number: line for number, line in enumerate(text.split("\n"), 1) if line.strip()}
        result = cleaned(text, settings=CleanSettings(strict=strict))
        left = {line.number for line in result.article.lines}
        left |= {number for finding in result.findings if finding.code == "PR001" for number in finding.lines}
        gone = {n for n in lines if n not in left}
        labels = dict(zip(lines, page["labels"]["container"], strict=True))
        right += sum(labels[number] in "bd" for number in gone)
        wrong += sum(labels[number] == "c" for number in gone)
        missed += sum(labels[number] in "bd" for number in lines.keys() - gone)
        story = {number: len(words(lines[number])) for number in lines if labels[number] == "c"}
        losses.append(sum(story.get(number, 0) for number in gone) / max(1, sum(story.values())))
    assert right / (right + wrong) >= floors[0]
    assert right / (right + missed) >= floors[1]
    assert sum(losses) / len(losses) <= floors[2]
    assert sum(loss > 0.02 for loss in losses) / len(losses) <= floors[3]


def test_a_clean_text_is_hardly_touched() -> None:
    given = left = 0
    for page in pages():
        result = cleaned(page["gold"], FrontMatter(title=page["title"]))
        given += sum(len(words(line)) for line in page["gold"].split("\n"))
        left += sum(len(words(line.text)) for line in result.article.lines)
    assert (given - left) / given <= 0.002
