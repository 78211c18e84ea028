"""The architecture, executable: imports point down, the pure layers touch nothing, the pieces stay small."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import publisher

ROOT = Path(publisher.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__init__", "model", "prose", "image", "errors", "lazily", "settings"}),
    frozenset({"content", "config", "clean", "render", "similar", "pictures", "templating", "entry"})
    | frozenset({"audience", "bounces", "keying", "wording"}),
    frozenset({"arrange", "site", "feeds", "newsletter", "health", "review", "schedule", "search"}),
    frozenset({"store", "deploy", "fetch", "inbox", "post"}),
    frozenset({"work"}),
    frozenset({"serve", "web"}),
    frozenset({"cli", "__main__"}),
)
RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
IMPURE = frozenset(
    {"os", "io", "sys", "time", "random", "secrets", "socket", "ssl", "smtplib", "subprocess", "sqlite3"}
    | {"shutil", "tempfile", "threading", "multiprocessing", "asyncio", "http", "select", "signal", "locale"}
)
IMPURE_NAMES = frozenset({"open", "print", "input"})


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def part(path: Path) -> str:
    return name(path).split(".")[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that is imported anywhere in the file, dotted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            if node.module in {"publisher", "publisher.store"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    return {other.split(".")[1] for other in imports(path) if other.startswith("publisher.")} & RANK.keys()


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_down(path: Path) -> None:
    assert part(path) in RANK, f"{name(path)} has no layer"
    above = {other for other in own_imports(path) if RANK[other] > RANK[part(path)]}
    assert not above, f"{name(path)} imports {above} from a higher layer"


def test_no_package_imports_itself_in_a_circle() -> None:
    graph: dict[str, set[str]] = {each: set() for each in RANK}
    for path in MODULES:
        graph[part(path)] |= own_imports(path) - {part(path)}
    done: set[str] = set()
    while ready := {each for each, others in graph.items() if each not in done and others <= done}:
        done |= ready
    assert graph.keys() == done, f"in a circle: {sorted(graph.keys() - done)}"


# All but `lazily`, which postpones imports and so has to look at `sys.modules`.
PURE = [p for p in MODULES if RANK.get(part(p), 9) <= 2 and part(p) != "lazily"]


@pytest.mark.parametrize("path", PURE, ids=name)
def test_the_pure_layers_touch_no_disk_clock_network_or_chance(path: Path) -> None:
    touched = {other.split(".")[0] for other in imports(path)} & IMPURE
    assert not touched, f"{name(path)} imports {sorted(touched)}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in IMPURE_NAMES, f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow", "uuid4", "uuid1", "monotonic"}, (
                f"{path}:{node.lineno}"
            )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_pieces_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 250
    for function in functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1 - docstring_lines(function)
        assert length <= 50, f"{path}:{function.lineno} {function.name} has {length} lines"


def docstring_lines(function: ast.FunctionDef) -> int:
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_global_state_and_no_hidden_imports(path: Path) -> None:
    for function in functions(path):
        for node in ast.walk(function):
            assert not isinstance(node, ast.Global), f"{path}:{node.lineno}"
            if isinstance(node, ast.Import | ast.ImportFrom) and part(path) != "cli":
                module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                assert not str(module).startswith("publisher"), f"{path}:{node.lineno} hides an import"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    has_code = bool(path.read_text("utf-8").strip())
    assert not has_code or ast.get_docstring(tree(path)), f"{name(path)} has no docstring"


def test_layers_are_in_the_documented_order() -> None:
    assert all(not (lower & upper) for lower, upper in pairwise(LAYERS))
