"""The line rules of the corpora that the cleaner is compared with."""

import pytest

from benchmarks.line_rules import c4, nothing, refined_web

STORY = """The sluice at Fennick was shut on Tuesday night, and nobody knows by whom.

Advertisement

He said so.

We use cookies to make this page better for you and for us.

Please switch on JavaScript to see the picture of the sluice.

“It was shut when I came,” the keeper said by radio, “and it was wet.”

Share

A list without an end to its lines
"""


def test_nothing_is_done_to_the_text() -> None:
    assert nothing(STORY) == STORY


def test_c4_keeps_long_lines_that_end_like_a_sentence() -> None:
    assert [line for line in c4(STORY).split("\n") if line] == [
        "The sluice at Fennick was shut on Tuesday night, and nobody knows by whom.",
        "“It was shut when I came,” the keeper said by radio, “and it was wet.”",
    ]


def test_blank_lines_stay() -> None:
    assert c4("\n\n").count("\n") == refined_web("\n\n").count("\n") == 2


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "ALL THE NEWS from HERE",
        "12 3 4.5",
        "31 likes",
        "1.2k comments",
        "Sign in to our service",
        "The keeper's goats – read more",
        "3 items in cart",
        "7 8 9 apples",
    ],
)
def test_refined_web_drops(line: str) -> None:
    assert refined_web(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "The keeper has five goats.",
        "Salt and water",
        "Follow the river and share what you have caught with all who read more",
        "Nobody likes 31 of them",
    ],
)
def test_refined_web_keeps(line: str) -> None:
    assert refined_web(line) == line


def test_refined_web_drops_a_line_that_came_before() -> None:
    assert refined_web("The goats are well.\nThe wool is here.\nThe goats are well.") == (
        "The goats are well.\nThe wool is here."
    )
