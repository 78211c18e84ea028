"""What was measured -> tables: each scenario beside Hugo, and whether it is as fast as it has to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.pages import table
from benchmarks.record import Kind, Record, Site, costs, middle, ratio
from benchmarks.scenarios import SCENARIOS

BASE = "hugo"
OURS = ("publisher-lean", "publisher")
PEAK = "peak memory"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a scenario may cost at most, as a share of what it costs Hugo, by the number of articles."""

    scenario: str
    kind: Kind
    most: Mapping[int, float]


BARS = (
    Bar("cold", "cpu", {1_000: 1.0, 10_000: 1.0, 50_000: 1.0}),
    Bar("cold", "wall", {1_000: 1.0, 10_000: 1.0, 50_000: 1.0}),
    Bar("nothing changed", "cpu", {1_000: 1 / 20, 10_000: 1 / 100, 50_000: 1 / 150}),
    Bar("one body edited", "cpu", {1_000: 1 / 7, 10_000: 1 / 25, 50_000: 1 / 50}),
    Bar("one article added", "cpu", {1_000: 1 / 5, 10_000: 1 / 15, 50_000: 1 / 30}),
    Bar("base template edited", "cpu", {1_000: 1 / 2.5, 10_000: 1 / 3, 50_000: 1 / 3}),
    Bar(PEAK, "memory", {1_000: 1 / 2, 10_000: 1 / 4, 50_000: 1 / 8}),
)
_TIMES: tuple[Kind, ...] = ("cpu", "wall", "memory")


def share(value: float) -> str:
    """Below 1 as a fraction of Hugo's: `1/7.3`."""
    if not value:
        return ""
    return f"{value:.2f}" if value >= 1 else f"1/{1 / value:.1f}"


def reached(record: Record, site: Site, builder: str, bar: Bar) -> float:
    """What the bar is about, as a share of Hugo's; 0 where it was not measured."""
    if bar.scenario != PEAK:
        return _ratio(record, site, builder, bar.scenario, bar.kind)
    own, base = (_peak(record, site, name) for name in (builder, BASE))
    return own / base if own and base else 0.0


def _peak(record: Record, site: Site, builder: str) -> float:
    """The largest process of any scenario: the median of the rounds' largest."""
    found = (costs(record.of(site), builder, scenario) for scenario in SCENARIOS)
    return max((middle(each, "memory") for each in found if each), default=0.0)


def _ratio(record: Record, site: Site, builder: str, scenario: str, kind: Kind) -> float:
    own, base = (costs(record.of(site), name, scenario) for name in (builder, BASE))
    return ratio(own, base, kind)


def verdicts(record: Record) -> str:
    """A table of the bars: what of Hugo's cost each of our sites needs, and whether that is enough."""
    columns = [
        (site, builder)
        for site in record.sites
        for builder in OURS
        if any(run.builder == builder for run in record.of(site))
    ]
    head = [f"{site.articles:,}, {site.dirt:.0%} dirty: {builder}" for site, builder in columns]
    rows = [["scenario", "of Hugo's", *head]]
    for bar in BARS:
        name = {"cpu": "CPU", "wall": "wall", "memory": "MB"}[bar.kind]
        cells = [_cell(record, site, builder, bar) for site, builder in columns]
        rows.append([bar.scenario, name, *cells])
    return table(rows)


def _cell(record: Record, site: Site, builder: str, bar: Bar) -> str:
    value, most = reached(record, site, builder, bar), bar.most.get(site.articles)
    if not value:
        return "–"
    if most is None:
        return share(value)
    return f"{'✓' if value <= most else '✗'} {share(value)} (≤ {share(most)})"


def report(record: Record, site: Site) -> str:
    """A table for one site: medians, and the median of the ratios to Hugo, round by round."""
    runs = list(record.of(site))
    names = list(dict.fromkeys(run.builder for run in runs))
    ratios = [f"{kind} : {BASE}" for kind in ("CPU", "wall", "MB")]
    rows = [["scenario", "builder", "rounds", "CPU s", "wall s", "MB", "MB, all processes", *ratios]]
    for scenario in SCENARIOS:
        for name in names:
            if own := costs(runs, name, scenario):
                figures = (f"{middle(own, kind):{form}}" for kind, form in _FORMS)
                shares = (share(_ratio(record, site, name, scenario, kind)) for kind in _TIMES)
                rows.append([scenario, name, str(len(own)), *figures, *shares])
    return table(rows)


_FORMS: tuple[tuple[Kind, str], ...] = (("cpu", ".3f"), ("wall", ".3f"), ("memory", ".0f"), ("tree", ".0f"))


def told(record: Record, notes: Sequence[str]) -> str:
    """The whole report as Markdown."""
    parts = ["# Building, side by side", *notes, verdicts(record)]
    for site in record.sites:
        parts += [f"## {site}", record.machine(site), report(record, site)]
    return "\n\n".join(parts) + "\n"
