"""What the cleaner still gets wrong, told by cases: each that comes right belongs with the others."""

import pytest

from tests.clean.build import CASES, Case, cases, cleaned, written
from tests.clean.laws import assert_laws

ALL = [case for file in sorted((CASES / "open").glob("*.md")) for case in cases(file)]


@pytest.mark.xfail(reason="known to go wrong", strict=True, raises=AssertionError)
@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case) -> None:
    assert written(cleaned(case.before)) == case.after


@pytest.mark.parametrize("case", ALL, ids=str)
def test_laws_hold(case: Case) -> None:
    assert_laws(case.before)
