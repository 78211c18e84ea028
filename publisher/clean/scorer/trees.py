"""Boosted trees as nested lists -> a logit for a row of features, and what each feature adds to it.

A tree is a number (a leaf) or [feature, threshold, mean, tree if not above, tree if above]; `mean` is what
the tree would say on average from here, so the steps down a path add up to the leaf.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Tree = float | tuple[int, float, float, "Tree", "Tree"]
Sum = Callable[[Sequence[float]], float]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in order. After `early` of them a logit below `floor` is final: most story lines end there.

    `first` is the sum of the early trees, `rest` that of the others, compiled.
    """

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    early: int
    floor: float
    first: Sum
    rest: Sum


def forest(names: Sequence[str], trees: Sequence[object], early: int = 0, floor: float = -1e9) -> Forest:
    """Freeze trees read from a data file, in which features go by name. A KeyError names an unknown one."""
    numbers = {name: number for number, name in enumerate(names)}
    frozen = tuple(_frozen(tree, numbers) for tree in trees)
    first, rest = (_compiled(part, len(names)) for part in (frozen[:early], frozen[early:]))
    return Forest(tuple(names), frozen, early, floor, first, rest)


def logit(model: Forest, cells: Sequence[float]) -> float:
    """The sum of the leaves that a row of features falls into."""
    total = model.first(cells) if model.early else 0.0
    return total if model.early and total < model.floor else total + model.rest(cells)


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


def _compiled(trees: Iterable[Tree], count: int) -> Sum:
    """The sum of some trees as one expression of `count` features: to walk them takes twice as long."""
    asked: set[int] = set()
    terms = "+".join([_term(tree, asked) for tree in trees]) or "0.0"
    cells = ",".join([f"f{number}" if number in asked else "_" for number in range(count)])
    made: dict[str, Sum] = {}
    # the text is made of numbers alone
    exec(compile(f"def total(cells):\n {cells},=cells\n return {terms}", __name__, "exec"), made)  # noqa: S102
    return made["total"]


def _term(tree: Tree, asked: set[int]) -> str:
    """A tree as a conditional expression; the features that it asks for join those `asked`."""
    if isinstance(tree, float):
        return repr(tree)
    number, bound, _, low, high = tree
    asked.add(number)
    return f"({_term(low, asked)} if f{number}<={bound!r} else {_term(high, asked)})"
