"""What must stay though it looks like page furniture, and what must go though it looks like a story."""

import pytest

from tests.clean.build import CASES, Case, cases, cleaned, written

ALL = [case for name in ("adversarial", "languages") for case in cases(CASES / f"{name}.md")]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case) -> None:
    assert written(cleaned(case.before)) == case.after


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case_with_its_title_in_front_matter(case: Case) -> None:
    """What the first run moved there changes nothing about the body when the article comes again."""
    title, _, body = case.before.partition("\n\n")
    first = cleaned(case.before)
    if first.article.front.title != title:
        pytest.skip("the case has no title line")
    again = cleaned(body, first.article.front)
    assert [line.text for line in again.article.lines] == [line.text for line in first.article.lines]
