"""Runs of builders in and out of a file, so that one size is measured today and another tomorrow."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from benchmarks.processes import Cost

Kind = Literal["cpu", "wall", "memory", "tree"]


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """What is built: so many articles, a share of them with scraper's dirt."""

    articles: int
    dirt: float

    def __str__(self) -> str:
        return f"{self.articles:,} articles, {self.dirt:.0%} of them with scraper's dirt"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one builder: of which site, in which scenario, in which round."""

    builder: str
    site: Site
    scenario: str
    round: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class Record:
    """All runs so far, and on which machine each site was measured."""

    runs: tuple[Measured, ...] = ()
    machines: Mapping[Site, str] | None = None

    @property
    def sites(self) -> list[Site]:
        return sorted({run.site for run in self.runs})

    def machine(self, site: Site) -> str:
        return (self.machines or {}).get(site, "")

    def rounds(self, site: Site, builders: Iterable[str], scenarios: Sequence[str]) -> int:
        """How many rounds of a site are complete, with all these builders and scenarios."""
        wanted = {(builder, scenario) for builder in builders for scenario in scenarios}
        done = 0
        while wanted <= {
            (run.builder, run.scenario) for run in self.of(site) if run.round == done + 1
        }:  # fmt: skip
            done += 1
        return done

    def of(self, site: Site) -> Iterator[Measured]:
        return (run for run in self.runs if run.site == site)

    def with_round(self, runs: Sequence[Measured], machine: str) -> "Record":
        """With one more round of a site, in place of what there was of it."""
        site, number = runs[0].site, runs[0].round
        kept = tuple(run for run in self.runs if run.site != site or run.round < number)
        return Record((*kept, *runs), {**(self.machines or {}), site: machine})

    def without(self, site: Site) -> "Record":
        machines = {each: told for each, told in (self.machines or {}).items() if each != site}
        return Record(tuple(run for run in self.runs if run.site != site), machines)


def costs(runs: Iterable[Measured], builder: str, scenario: str) -> Mapping[int, Cost]:
    """By round."""
    return {run.round: run.cost for run in runs if (run.builder, run.scenario) == (builder, scenario)}


def middle(found: Mapping[int, Cost], kind: Kind) -> float:
    """The median."""
    return float(median(getattr(cost, kind) for cost in found.values()))


def ratio(own: Mapping[int, Cost], base: Mapping[int, Cost], kind: Kind) -> float:
    """The median of the ratios, round by round; 0 where there is nothing to compare."""
    found = [
        getattr(own[turn], kind) / getattr(base[turn], kind)
        for turn in own.keys() & base.keys()
        if getattr(base[turn], kind)
    ]
    return float(median(found)) if found else 0.0


def read(file: Path) -> Record:
    """An empty one where there is no file."""
    if not file.exists():
        return Record()
    told = json.loads(file.read_text("utf-8"))
    machines = {Site(*each["site"]): each["machine"] for each in told["machines"]}
    runs = tuple(
        Measured(run["builder"], Site(*run["site"]), run["scenario"], run["round"], Cost(**run["cost"]))
        for run in told["runs"]
    )
    return Record(runs, machines)


def write(file: Path, record: Record) -> None:
    """One run a line, so that changes can be read."""
    machines = [
        {"site": [site.articles, site.dirt], "machine": record.machine(site)} for site in record.sites
    ]
    runs = [
        {**asdict(run), "site": [run.site.articles, run.site.dirt], "cost": _short(run.cost)}
        for run in record.runs
    ]
    parts = (
        f' "{name}": [\n' + ",\n".join("  " + json.dumps(each) for each in values) + "\n ]"
        for name, values in (("machines", machines), ("runs", runs))
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def _short(cost: Cost) -> dict[str, float]:
    return {kind: round(value, 4) for kind, value in asdict(cost).items()}
