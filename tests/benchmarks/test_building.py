"""The comparison of builders: what a run costs, what is kept of it, and whether it is fast enough."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.plot import plot
from benchmarks.processes import Cost, Run
from benchmarks.record import Measured, Record, Site, read, write
from benchmarks.scenarios import SCENARIOS
from benchmarks.verdict import report, share, verdicts

SMALL, LARGE = Site(1_000, 0.0), Site(10_000, 0.3)


def runs(site: Site, turn: int, ours: float) -> list[Measured]:
    """A round in which our builder needs `ours` of what Hugo needs."""
    return [
        Measured(name, site, scenario, turn, Cost(2.0 * factor, 1.0 * factor, 100 * factor, 100))
        for scenario in SCENARIOS
        for name, factor in (("hugo", 1.0), ("publisher-lean", ours))
    ]


def program(folder: Path, text: str, limit: float = 60) -> Run:
    return Run([sys.executable, "-c", text], folder, {}, folder / "log", limit)


def test_a_run_costs_what_all_its_processes_cost(tmp_path: Path) -> None:
    child = "sum(range(3_000_000)); b' ' * 60_000_000"
    text = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = program(tmp_path, text).cost()
    alone = program(tmp_path, "pass").cost()
    assert cost.cpu > alone.cpu
    assert cost.memory > alone.memory + 40
    assert cost.tree >= cost.memory


def test_a_run_that_fails_or_lasts_too_long_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ended with 3: it is broken"):
        program(tmp_path, "import sys; sys.stderr.write('it is broken'); sys.exit(3)").cost()
    with pytest.raises(RuntimeError, match="ended with -9"):
        program(tmp_path, "import time; time.sleep(60)", limit=0.01).cost()


def test_rounds_are_kept_and_gone_on_with(tmp_path: Path) -> None:
    record = Record().with_round(runs(SMALL, 1, 0.5), "one").with_round(runs(LARGE, 1, 0.1), "two")
    record = record.with_round(runs(SMALL, 2, 0.5), "one")
    file = tmp_path / "building.json"
    write(file, record)
    again = read(file)
    assert again.sites == [SMALL, LARGE]
    assert sorted(map(repr, again.runs)) == sorted(map(repr, record.runs))
    assert again.machine(LARGE) == "two"
    names, scenarios = ["hugo", "publisher-lean"], list(SCENARIOS)
    assert again.rounds(SMALL, names, scenarios) == 2
    assert again.rounds(SMALL, [*names, "publisher"], scenarios) == 0
    assert again.without(SMALL).sites == [LARGE]
    assert read(tmp_path / "none.json").runs == ()


def test_a_round_that_is_measured_again_takes_the_place_of_the_old_ones() -> None:
    record = Record().with_round(runs(SMALL, 1, 0.5), "").with_round(runs(SMALL, 2, 0.5), "")
    again = record.with_round(runs(SMALL, 1, 0.7), "")
    assert again.rounds(SMALL, ["hugo"], ["cold"]) == 1


def test_what_is_fast_enough_is_told() -> None:
    record = Record().with_round(runs(SMALL, 1, 0.2), "").with_round(runs(SMALL, 2, 0.2), "")
    lines = {line.split(" | ")[0].strip("| "): line for line in verdicts(record).splitlines()}
    assert "✓ 1/5.0 (≤ 1.00)" in lines["cold"]
    assert "✗ 1/5.0 (≤ 1/20.0)" in lines["nothing changed"]
    assert "✓ 1/5.0 (≤ 1/2.0)" in lines["peak memory"]
    assert "1/5.0 | 1/5.0 | 1/5.0" in report(record, SMALL)
    assert (share(2.5), share(0.25), share(0)) == ("2.50", "1/4.0", "")


@pytest.mark.parametrize("record", [Record(), Record().with_round(runs(LARGE, 1, 0.001), "")])
def test_the_plot_is_a_picture(record: Record) -> None:
    root = ElementTree.fromstring(plot(record))  # noqa: S314 - our own
    bars = [
        each for each in root.iter() if each.get("class") == "publisher-lean" and each.get("height") == "9"
    ]
    assert len(bars) == (7 if record.runs else 0)
    assert all(float(each.get("width", "-1")) > 0 for each in bars)
