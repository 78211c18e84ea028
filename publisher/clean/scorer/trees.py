"""Boosted trees as nested lists -> a logit for a row of features, and what each feature adds to it.

A tree is a number (a leaf) or [feature, threshold, mean, tree if not above, tree if above]; `mean` is what
the tree would say on average from here, so the steps down a path add up to the leaf.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Tree = float | tuple[int, float, float, "Tree", "Tree"]
Sum = Callable[[Sequence[float]], float]
_WORTH_COMPILING = 150  # rows: those of some articles; more will come


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in order. After `early` of them a logit below `floor` is final: most story lines end there.

    `first` is the sum of the early trees, `rest` that of the others.
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
    first, rest = (_Sum(part, len(names)) for part in (frozen[:early], frozen[early:]))
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


class _Sum:
    """The sum of some trees. To walk them takes twice as long as one expression, which takes long to make."""

    def __init__(self, trees: Sequence[Tree], count: int) -> None:
        self._trees, self._count, self._walked = trees, count, 0
        self._compiled: Sum | None = None

    def __call__(self, cells: Sequence[float]) -> float:
        if self._compiled is None:
            self._walked += 1
            if self._walked < _WORTH_COMPILING:
                return _total(self._trees, cells)
            self._compiled = _compiled(self._trees, self._count)
        return self._compiled(cells)


def _total(trees: Sequence[Tree], cells: Sequence[float]) -> float:
    """The leaves are added in the order of the trees, as the expression does: sums depend on it."""
    if not trees:
        return 0.0
    leaves = [_leaf(tree, cells) for tree in trees]
    total = leaves[0]
    for leaf in leaves[1:]:
        total += leaf
    return total


def _leaf(tree: Tree, cells: Sequence[float]) -> float:
    while isinstance(tree, tuple):
        tree = tree[3] if cells[tree[0]] <= tree[1] else tree[4]
    return tree


def _compiled(trees: Sequence[Tree], count: int) -> Sum:
    """The sum of some trees as one expression of `count` features."""
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
