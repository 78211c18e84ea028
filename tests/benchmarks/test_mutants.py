"""The small changes that the tests of the cleaner are tried against."""

import ast
from pathlib import Path

import pytest

from benchmarks.mutants import Mutant, mutants
from benchmarks.mutation import Trial, report, sample, selected

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a < b", "a <= b"),
        ("a >= b", "a > b"),
        ("a == b", "a != b"),
        ("a not in b", "a in b"),
        ("a and b", "a or b"),
        ("not a", "a"),
        ("a + b", "a - b"),
        ("a * b", "a + b"),
        ("12", "13"),
        ("0.5", "0.6"),
        ("True", "False"),
        ("any(a)", "all(a)"),
        ("x = max(a)", "x = min(a)"),
        ("a if b else c", "a if not b else c"),
        ("[a for a in b if a]", "[a for a in b if not a]"),
        ("a += b", "pass"),
        ("while a:\n    break", "while a:\n    continue"),
    ],
)
def test_an_operator(source: str, changed: str) -> None:
    assert changed in {mutant.source.strip() for mutant in mutants(source)}


def test_a_condition_is_turned_round_once() -> None:
    assert [mutant.source.strip() for mutant in mutants("if not a:\n    b = c")] == ["if a:\n    b = c"]


def test_text_and_names_stay() -> None:
    assert list(mutants('"""A module."""\nname = "text"\nother = name')) == []


def test_a_mutant_says_where_and_what() -> None:
    assert list(mutants("a = 1\nb = a < c")) == [
        Mutant(1, "1", "2", "a = 2\nb = a < c\n"),
        Mutant(2, "a < c", "a <= c", "a = 1\nb = a <= c\n"),
    ]


def test_every_mutant_of_a_module_is_code_that_differs() -> None:
    source = (ROOT / "publisher/clean/rules/mojibake.py").read_text(encoding="utf-8")
    same = ast.unparse(ast.parse(source)) + "\n"
    found = [mutant.source for mutant in mutants(source)]
    assert len(found) > 8
    assert same not in found
    assert all(ast.parse(text) for text in found)


def test_a_sample_is_the_same_again_and_in_other_order_with_another_seed() -> None:
    first, again, other = (list(sample(ROOT, seed, {"memory"})) for seed in (1, 1, 2))
    assert first == again != other
    assert {module for module, _ in first} == {Path("publisher/clean/memory.py")}
    assert sorted(mutant.source for _, mutant in first) == sorted(mutant.source for _, mutant in other)


@pytest.mark.parametrize(
    ("module", "first"),
    [
        ("publisher/clean/match.py", "tests/clean/test_match.py"),
        ("publisher/clean/chrome.py", "tests/clean"),
        ("publisher/clean/rules/teaser.py", "tests/clean/test_rules.py"),
        ("publisher/clean/scorer/trees.py", "tests/clean/scorer/test_trees.py"),
    ],
)
def test_the_tests_of_a_module_come_first(module: str, first: str) -> None:
    tests = selected(ROOT, Path(module))
    assert tests[0] == first
    assert "tests/clean" in tests
    assert ("--ignore=tests/clean/scorer" in tests) == ("scorer" not in module)


def test_the_report_counts_by_module_and_names_the_survivors() -> None:
    change = Mutant(3, "a < b", "a <= b", "")
    match, teaser = Path("publisher/clean/match.py"), Path("publisher/clean/rules/teaser.py")
    trials = [
        Trial(match, change, killed=True),
        Trial(match, change, killed=False),
        Trial(teaser, change, killed=True),
    ]
    text = report(trials)
    assert "| all | 3 | 2 | 67% |" in text
    assert "| match.py | 2 | 1 | 50% |" in text
    assert "| rules/teaser.py | 1 | 1 | 100% |" in text
    assert text.count("SURVIVED  publisher/clean/match.py:3  a < b  =>  a <= b") == 1
    assert "killed  " not in text
