"""Trees: what they say, what each feature adds, what a file may hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.scorer.trees import contributions, forest, logit

TREES = [["words", 3.0, 0.5, 1.5, ["digits", 0.2, -0.5, -1.0, 0.25]], ["digits", 0.5, 0.1, 0.2, -0.4], 0.125]


def test_a_row_falls_into_one_leaf_of_each_tree() -> None:
    model = forest(("words", "digits"), TREES)
    assert logit(model, [3.0, 0.0]) == pytest.approx(1.5 + 0.2 + 0.125)
    assert logit(model, [4.0, 0.9]) == pytest.approx(0.25 - 0.4 + 0.125)


@pytest.mark.parametrize("cells", [[3.0, 0.0], [4.0, 0.1], [4.0, 0.9]])
def test_contributions_sum_to_the_logit_and_come_largest_first(cells: list[float]) -> None:
    model = forest(("words", "digits"), TREES)
    found = contributions(model, cells)
    assert sum(found.values()) == pytest.approx(logit(model, cells))
    assert found[""] == pytest.approx(0.5 + 0.1 + 0.125)
    assert list(found.values()) == sorted(found.values(), key=abs, reverse=True)


def test_a_line_without_doubt_is_not_asked_further() -> None:
    model = forest(("words", "digits"), [-4.0, 10.0], early=1, floor=-3.0)
    assert logit(model, [0.0, 0.0]) == -4.0
    assert contributions(model, [0.0, 0.0]) == {"": -4.0}
    assert logit(forest(("words", "digits"), [-2.0, 10.0], early=1, floor=-3.0), [0.0, 0.0]) == 8.0


TREE = st.recursive(
    st.floats(-4, 4),
    lambda below: st.tuples(st.sampled_from("ab"), st.floats(-1, 1), st.floats(-1, 1), below, below).map(
        list
    ),
    max_leaves=12,
)


def slow(tree: Any, cells: dict[str, float]) -> float:
    """What a tree says, by the format alone."""
    while isinstance(tree, list):
        name, bound, _, low, high = tree
        tree = low if cells[name] <= bound else high
    return float(tree)


@given(st.lists(TREE, max_size=4), st.floats(-1, 1), st.floats(-1, 1))
def test_trees_of_any_shape_say_what_is_written(trees: list[Any], a: float, b: float) -> None:
    said = sum(slow(tree, {"a": a, "b": b}) for tree in trees)
    model = forest(("a", "b"), trees)
    assert logit(model, [a, b]) == pytest.approx(said)
    assert sum(contributions(model, [a, b]).values()) == pytest.approx(said, abs=1e-9)


def test_an_unknown_feature_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="height"):
        forest(("words",), [["height", 1.0, 0.0, 1.0, 2.0]])


def test_what_is_no_tree_is_refused() -> None:
    with pytest.raises(TypeError, match="not a tree"):
        forest(("words",), ["words"])
