"""Finding a run of words again: typos, cut ends, drift."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.match import alike, find, index
from publisher.clean.text import words

STORY = words("the council of eastmere voted on tuesday to close the old harbour bridge for nine months")


def test_a_run_is_found_whole() -> None:
    hit = find(STORY[4:12], index([(7, STORY)], [STORY]))
    assert hit is not None
    assert (hit.share, hit.line) == (1.0, 7)


def test_a_typo_and_a_cut_word_count_as_found() -> None:
    needle = words("eastmere voted on tuesdy to close the old harb")
    hit = find(needle, index([(1, STORY)], [needle]), cut=True)
    assert hit is not None
    assert hit.share == 1.0


def test_other_words_are_not_found() -> None:
    needle = words("a ferry sailed at noon without a single passenger")
    assert find(needle, index([(1, STORY)], [needle])) is None


def test_nothing_before_the_given_word_is_found() -> None:
    assert find(STORY[:6], index([(1, STORY)], [STORY]), after=8) is None


def test_alike() -> None:
    assert alike("maximilan", "maximilian")
    assert not alike("bridge", "harbour")
    assert not alike("cat", "car")


@given(st.integers(0, 10), st.integers(3, 8))
def test_any_run_of_three_words_or_more_is_found(start: int, length: int) -> None:
    needle = STORY[start : start + length]
    hit = find(needle, index([(0, ("before", "it")), (1, STORY)], [STORY]))
    assert len(needle) < 3 or (hit is not None and hit.share == 1.0)
