"""Answers are remembered by the identity of the lines, and only the last few."""

from publisher.clean.memory import SIZE, remembered
from publisher.model import Line


def test_an_answer_is_given_once_per_text() -> None:
    asked: list[int] = []

    @remembered
    def longest(lines: tuple[Line, ...], least: int) -> int:
        asked.append(least)
        return max(least, *(len(line.text) for line in lines), 0)

    one, other = (Line(1, "harbour"),), (Line(1, "harbour"), Line(2, "bridge"))
    assert [longest(one, 3), longest(one, 3), longest(one, 9), longest(other, 3)] == [7, 7, 9, 7]
    assert asked == [3, 9, 3]
    for least in range(10, 10 + SIZE):
        longest(other, least)
    longest(one, 3)
    assert asked[-1] == 3
