"""What must stay though it looks like page furniture, and what must go though it looks like a story."""

import pytest

from publisher.clean.rules import RULES
from publisher.settings import CleanSettings
from tests.clean.build import CASES, Case, cases, cleaned, written

OF_RULES = {rule.name.replace("-", "_") for rule in RULES}
ALL = [case for file in sorted(CASES.glob("*.md")) if file.stem not in OF_RULES for case in cases(file)]


@pytest.mark.parametrize("asked", [CleanSettings(), CleanSettings(strict=True)], ids=["default", "strict"])
@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, asked: CleanSettings) -> None:
    assert written(cleaned(case.before, settings=asked)) == case.after


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case_with_its_title_in_front_matter(case: Case) -> None:
    """What the first run moved there changes nothing about the body when the article comes again."""
    title, _, body = case.before.partition("\n\n")
    first = cleaned(case.before)
    if first.article.front.title != title:
        pytest.skip("the case has no title line")
    again = cleaned(body, first.article.front)
    assert [line.text for line in again.article.lines] == [line.text for line in first.article.lines]
