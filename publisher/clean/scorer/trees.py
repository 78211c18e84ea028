"""Boosted trees as nested lists -> a logit for a row of features, and what each feature adds to it.

A tree is a number (a leaf) or [feature, threshold, mean, tree if not above, tree if above]; `mean` is what
the tree would say on average from here, so the steps down a path add up to the leaf.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

DEPTH = 5  # questions on the longest path of a tree
Tree = float | tuple[int, float, float, "Tree", "Tree"]
Walk = tuple[int, float, Any, Any]  # feature, threshold, what follows if not above, if above


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in order. After `early` of them a logit below `floor` is final: most story lines end there.

    `walks` are the same trees for speed, each path drawn out to DEPTH questions: first the early ones.
    """

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    early: int
    floor: float
    walks: tuple[tuple[Walk, ...], tuple[Walk, ...]]


def forest(names: Sequence[str], trees: Sequence[object], early: int = 0, floor: float = -1e9) -> Forest:
    """Freeze trees read from a data file, in which features go by name.

    A KeyError names an unknown one; a ValueError tells of a tree that is deeper than DEPTH.
    """
    numbers = {name: number for number, name in enumerate(names)}
    frozen = tuple(_frozen(tree, numbers) for tree in trees)
    walks = tuple(_walk(tree, DEPTH) for tree in frozen)
    return Forest(tuple(names), frozen, early, floor, (walks[:early], walks[early:]))


def logit(model: Forest, cells: Sequence[float]) -> float:
    """The sum of the leaves that a row of features falls into."""
    early, late = model.walks
    total = _sum(early, cells)
    return total if early and total < model.floor else total + _sum(late, cells)


def _sum(walks: Iterable[Walk], cells: Sequence[float]) -> float:
    """Written out DEPTH times: a loop with a question for its end takes half as long again."""
    total = 0.0
    for name, bound, low, high in walks:
        name, bound, low, high = low if cells[name] <= bound else high  # noqa: PLW2901
        name, bound, low, high = low if cells[name] <= bound else high  # noqa: PLW2901
        name, bound, low, high = low if cells[name] <= bound else high  # noqa: PLW2901
        name, bound, low, high = low if cells[name] <= bound else high  # noqa: PLW2901
        total += low if cells[name] <= bound else high
    return total


def contributions(model: Forest, cells: Sequence[float]) -> dict[str, float]:
    """What each feature adds, largest first; "" is where every line starts. They sum to the logit."""
    start = total = 0.0
    added = [0.0] * len(model.names)
    for number, tree in enumerate(model.trees, 1):
        node, mean = tree, tree if isinstance(tree, float) else tree[2]
        start += mean
        while isinstance(node, tuple):
            name, bound, _, low, high = node
            node = low if cells[name] <= bound else high
            after = node if isinstance(node, float) else node[2]
            added[name] += after - mean
            mean = after
        total += mean
        if number == model.early and total < model.floor:
            break
    found = [(name, value) for name, value in zip(model.names, added, strict=True) if value]
    return dict(sorted([("", start), *found], key=lambda item: (-abs(item[1]), item[0])))


def _frozen(tree: object, numbers: dict[str, int]) -> Tree:
    if isinstance(tree, int | float):
        return float(tree)
    if not isinstance(tree, list):
        raise TypeError(f"not a tree: {tree!r}")
    name, threshold, mean, low, high = tree
    return (numbers[name], float(threshold), float(mean), _frozen(low, numbers), _frozen(high, numbers))


def _walk(tree: Tree, depth: int) -> Any:
    """A tree whose every leaf is `depth` questions down; those added have the same answer either way."""
    if not depth:
        if isinstance(tree, tuple):
            raise ValueError(f"a tree of more than {DEPTH} questions")
        return tree
    if isinstance(tree, tuple):
        return (tree[0], tree[1], _walk(tree[3], depth - 1), _walk(tree[4], depth - 1))
    below = _walk(tree, depth - 1)
    return (0, 0.0, below, below)
