"""The `_redirects` file."""

import pytest

from publisher.serve.redirects import find_redirect, read_redirects

TEXT = """\
# former addresses
/old /new/
/gone /x 410
/blog/*  /news/:splat 302
/odd /x 999
nonsense
/force /y 301!
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/old", (301, "/new/")),
        ("/old/", (301, "/new/")),
        ("/gone", (410, "/x")),
        ("/blog/2026/a", (302, "/news/2026/a")),
        ("/force", (301, "/y")),
        ("/odd", None),
        ("/older", None),
    ],
)
def test_the_first_rule_that_fits_counts(path: str, found: tuple[int, str] | None) -> None:
    assert find_redirect(read_redirects(TEXT), path) == found


def test_a_rule_may_hold_where_there_is_a_file_and_name_other_letters() -> None:
    rules = read_redirects("/gr%C3%B6%C3%9Fe/ /x/ 410!\n/a /b 301\n")
    assert [(rule.source, rule.forced) for rule in rules] == [("/größe/", True), ("/a", False)]
