"""Stories of which the strict setting takes a line too many; the default must not."""

import pytest

from tests.clean.build import CASES, Case, cases, cleaned, written
from tests.clean.laws import assert_laws

ALL = [case for file in sorted((CASES / "default").glob("*.md")) for case in cases(file)]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case) -> None:
    assert written(cleaned(case.before)) == case.after


@pytest.mark.parametrize("case", ALL, ids=str)
def test_laws_hold(case: Case) -> None:
    assert_laws(case.before)
