"""Shingles and sketches: what is alike looks alike, whatever the size."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.similar.pairs import candidates
from publisher.similar.sketch import BINS, alike, shingles, signature, sketch


def story(seed: int, words: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  (a fixed text, no secret)
    return [f"w{chance.randrange(5_000)}" for _ in range(words)]


def test_case_and_punctuation_do_not_count() -> None:
    assert shingles("The ferry, at last, is back!") == shingles("the FERRY at last – is back")
    assert shingles("one two three") == frozenset()
    assert len(shingles("港の渡し船")) == 2


@given(st.text())
def test_a_sketch_has_one_size_and_equals_itself(text: str) -> None:
    made = sketch(text)
    assert len(made) in {0, 8 * BINS}
    assert not made or alike(made, made) == 1


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("size", [60, 2_000])
def test_the_estimate_is_near_the_truth(share: float, size: int) -> None:
    one, other = story(1, size), story(2, size)
    mixed = one[: int(size * share)] + other[int(size * share) :]
    first, second = shingles(" ".join(one)), shingles(" ".join(mixed))
    truth = len(first & second) / len(first | second)
    estimate = alike(2 * signature(first), 2 * signature(second))
    assert estimate == pytest.approx(truth, abs=0.16)


def test_a_cut_copy_is_known_by_its_head() -> None:
    one = story(3, 1_000)
    assert alike(sketch(" ".join(one)), sketch(" ".join(one[:300]))) > 0.8


def test_pairs_are_found_among_strangers_and_do_not_explode() -> None:
    sketches = [sketch(" ".join(story(seed, 200))) for seed in range(40)]
    assert candidates([*sketches, b"", sketches[7]]) == [(7, 41)]
    same = candidates([sketches[0]] * 300)
    assert len(same) < 300 * 8
    assert {later for _, later in same} == set(range(1, 300))
