"""A function of a text's lines -> the same function, remembering its last few answers.

The rules of one pass ask the same things of the same lines. The lines are known by identity, which costs
nothing, however long the text; an answer keeps its lines alive, so an identity is never given twice.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from publisher.model import Line

P = ParamSpec("P")
T = TypeVar("T")
SIZE = 8  # answers that are kept; within a pass only one or two texts are asked about


def remembered(
    function: Callable[Concatenate[tuple[Line, ...], P], T],
) -> Callable[Concatenate[tuple[Line, ...], P], T]:
    """Remember what `function` said of its last SIZE texts. The other arguments are hashable."""
    known: dict[object, tuple[tuple[Line, ...], T]] = {}

    @wraps(function)
    def answer(lines: tuple[Line, ...], /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (id(lines), *args, *kwargs.items()) if args or kwargs else id(lines)
        found = known.get(key)
        if found is None:
            found = (lines, function(lines, *args, **kwargs))
            while len(known) >= SIZE:
                known.pop(next(iter(known)))
            known[key] = found
        return found[1]

    return answer
