"""A change of a template shows here, page by page; `make golden` accepts it."""

import pytest

from tests.golden.expected import PATHS, kept, made


@pytest.fixture(scope="module")
def now() -> dict[str, str]:
    return made()


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    return kept()


@pytest.mark.parametrize("path", PATHS)
def test_the_page_is_as_expected(path: str, now: dict[str, str], expected: dict[str, str]) -> None:
    assert now[path] == expected.get(path), "if the change is meant: make golden"


def test_nothing_else_is_expected(expected: dict[str, str]) -> None:
    assert sorted(expected) == sorted(PATHS)


def test_the_pages_are_few_and_small(expected: dict[str, str]) -> None:
    assert sum(map(len, expected.values())) < 150_000
