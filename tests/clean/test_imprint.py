"""Several fields in one line, and lines that only look so."""

import pytest

from publisher.clean.imprint import imprint
from publisher.model import FrontMatter
from tests.clean.build import cleaned

DAY = ("date", "2031-03-03")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("By Ada Marsh – 3 March 2031", (("authors", "Ada Marsh"), DAY)),
        ("By Ada Marsh and Tom Weir, 3 March 2031", (("authors", "Ada Marsh; Tom Weir"), DAY)),
        ("3 March 2031 by Ada Marsh", (("authors", "Ada Marsh"), DAY)),
        ("Ada Marsh | 3 March 2031 | 4 min read", (("authors", "Ada Marsh"), DAY)),
        ("Von Ada Beispiel, 3. März 2031", (("authors", "Ada Beispiel"), DAY)),
        ("Published 3 March 2031 | Updated 4 March 2031", (DAY, ("updated", "2031-03-04"))),
        (
            "Written by Ada Marsh | Updated: 3 March 2031",
            (("authors", "Ada Marsh"), ("updated", "2031-03-03")),
        ),
    ],
)
def test_fields(text: str, stated: tuple[tuple[str, str], ...]) -> None:
    assert imprint(text) == stated


@pytest.mark.parametrize(
    "text",
    [
        "By Ada Marsh",
        "3 March 2031",
        "Ada Marsh, born on 3 March 2031",
        "The bridge opened on 3 March 2031 | by boat",
        "By Ada Marsh | a bridge | 3 March 2031",
        "",
    ],
)
def test_no_fields(text: str) -> None:
    assert imprint(text) == ()


STORY = """Eastmere closes its harbour bridge

By Ada Marsh | Published 3 March 2031 | Updated 4 March 2031

The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.

Engineers found cracks in two of its seven arches during an inspection in early spring."""


def test_each_field_reaches_front_matter() -> None:
    front = cleaned(STORY).article.front
    assert front.authors == ("Ada Marsh",)
    assert front.date is not None
    assert front.updated is not None
    assert (front.date.day, front.updated.day) == (3, 4)


def test_a_filled_field_stays_and_the_others_move() -> None:
    front = cleaned(STORY, FrontMatter(authors=("Ada Marsh", "Tom Weir"))).article.front
    assert front.authors == ("Ada Marsh", "Tom Weir")
    assert front.updated is not None


def test_a_line_that_says_something_else_is_only_reported() -> None:
    result = cleaned(STORY, FrontMatter(authors=("Tom Weir",)))
    found = [finding for finding in result.findings if finding.code == "PR006"]
    assert [finding.applied for finding in found] == [False]
    assert "Ada Marsh" in found[0].message
    assert result.article.front.date is None
