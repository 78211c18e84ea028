"""Lines that are judged by their likelihood: what the commands tell of them, and the strict setting."""

import json
from pathlib import Path

import pytest

from tests.clean.build import CASES, cases
from tests.cli.test_commands import MARKET, NOW, Run, run
from tests.work.projects import make, write

__all__ = ["run"]  # the fixture

LISTED = next(iter(cases(CASES / "scored_line.md"))).before
NUMBER = LISTED.split("\n").index("Ferry captain honoured for rescue") + 1
MILD = """\
Eastmere closes its harbour bridge

The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.

Engineers had found cracks in two of its seven arches during an inspection in early spring.

Ferries will carry workers across the estuary until the first arch has been rebuilt, the mayor said.

Nobody knows yet who is going to pay for the ferries, which cost the town a fortune in the war.

Advertisement

Ferry captain honoured for rescue

Fog keeps planes on the ground

Three bakeries that open on Sunday

Choir of the deaf sings in Northholm
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    root = make(tmp_path)
    write(root / MARKET, LISTED)
    return root


def test_trace_shows_what_counted_most(run: Run, listed: Path) -> None:
    code, out, _ = run("-C", listed, "trace", MARKET)
    assert code == 0
    lines = out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{NUMBER:>5} - Ferry captain"))
    assert lines[at].endswith("CL020")
    assert " sure: +" in lines[at + 1]
    assert lines[at + 1].count(", ") == 2
    assert run("-C", listed, "-v", "trace", MARKET)[1].splitlines()[at + 1].count(", ") > 2


def test_explain_tells_of_one_line(run: Run, listed: Path) -> None:
    code, out, _ = run("-C", listed, "explain", f"{MARKET}:{NUMBER}")
    assert code == 0
    first, second, *rest = out.splitlines()
    assert first == f"{MARKET}:{NUMBER} Ferry captain honoured for rescue"
    assert second == "removed by CL020"
    assert sum(line.startswith("   +") for line in rest) >= 2
    assert "sure, done)" in out


def test_explain_tells_of_a_line_that_stays(run: Run, listed: Path) -> None:
    assert run("-C", listed, "explain", f"{MARKET}:3")[1].splitlines()[1:] == ["kept"]
    code, _, err = run("-C", listed, "explain", f"{MARKET}:2")
    assert code == 2
    assert "publish trace" in err


def test_explain_tells_why_lines_are_judged(run: Run) -> None:
    code, out, _ = run("explain", "CL020")
    assert code == 0
    assert "No list of phrases knows the headlines" in out
    assert "docs/scorer.md" in out


def traced(run: Run, root: Path, *options: str) -> int:
    """How many lines of the article leave for good; the title stands above a text, and so counts as left."""
    return run("-C", root, "trace", MARKET, *options)[1].count(" - ")


def removed(run: Run, *arguments: str | Path) -> int:
    return MILD.count("\n\n") - run(*arguments)[1].count("\n\n")


def test_strict_takes_more_for_one_run_by_configuration_or_by_source(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / MARKET, MILD)
    clean = ("-C", root, "clean", root / MARKET)
    default, strict = removed(run, *clean), removed(run, *clean, "--strict")
    assert strict > default
    write(root / "sources" / "town.toml", "strict = true\n")
    assert removed(run, *clean) == default  # a text from elsewhere is of no folder
    assert traced(run, root) == strict
    write(root / "sources" / "town.toml", "strict = false\n")
    write(root / "publish.toml", "[clean]\nstrict = true\n")
    assert removed(run, *clean) == strict
    assert traced(run, root) == default
    assert traced(run, root, "--strict") == strict


def test_check_can_be_strict(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / MARKET, MILD)

    def fixable(*options: str) -> int:
        out = run("-C", root, "check", "--now", NOW, "--output-format", "json", *options)[1]
        return sum(each["fixable"] for each in json.loads(out)["findings"] if each["code"] == "CL020")

    assert fixable("--strict") > fixable()
    assert fixable("--unsafe-fixes") == fixable("--strict")
