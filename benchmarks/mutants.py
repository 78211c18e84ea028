"""A source in -> each single small change to it that tests ought to notice, and what it says of it.

Operators: comparisons one off or reversed, `and` for `or`, a condition turned round, numbers one more,
plus for minus, `any` for `all`, `min` for `max`, `True` for `False`, a call or assignment left out.
"""

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from itertools import islice

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what the code says and said before, and the whole source with it."""

    line: int
    before: str
    after: str
    source: str


def count(source: str) -> int:
    """How many mutants a module has."""
    return sum(1 for node in ast.walk(ast.parse(source)) for _ in _changes(node))


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its code."""
    return (mutant(source, index) for index in range(count(source)))


def mutant(source: str, index: int) -> Mutant:
    """The mutant of a module that has the given number, from 0."""
    tree = ast.parse(source)
    every = ((node, new) for node in ast.walk(tree) for new in _changes(node))
    old, new = next(islice(every, index, None))
    line, before, after = getattr(old, "lineno", 0), ast.unparse(old), ast.unparse(new)
    _exchange(tree, old, new)
    return Mutant(line, before, after, ast.unparse(ast.fix_missing_locations(tree)) + "\n")


def _exchange(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    for parent in list(ast.walk(tree)):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(item is old for item in value):
                setattr(parent, name, [new if item is old else item for item in value])


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield _with(node, ops=[COMPARED[type(op)]()])
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in COUNTED:
            yield _with(node, op=COUNTED[type(node.op)]())
        case ast.If() | ast.IfExp() | ast.comprehension(ifs=[_]):
            yield from _turned(node)
        case ast.Constant(value=bool() as truth):
            yield _with(node, value=not truth)
        case ast.Constant(value=int() as number):
            yield _with(node, value=number + 1)
        case ast.Constant(value=float() as share):
            yield _with(node, value=share + 0.1)
        case ast.Name(id=name) if name in NAMES:
            yield _with(node, id=NAMES[name])
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _turned(node: ast.If | ast.IfExp | ast.comprehension) -> Iterator[ast.AST]:
    """The condition turned round, unless another operator does so to it."""
    test = node.ifs[0] if isinstance(node, ast.comprehension) else node.test
    if isinstance(test, ast.Compare | ast.BoolOp) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    ):
        return
    other = ast.UnaryOp(ast.Not(), test)
    yield _with(node, ifs=[other]) if isinstance(node, ast.comprehension) else _with(node, test=other)


def _with(node: ast.AST, **changed: object) -> ast.AST:
    other = copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return other
