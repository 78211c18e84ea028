"""`publish stats`: what was stripped, by source and family."""

import json
from pathlib import Path

import click

from publisher.clean.catalogue import meaning
from publisher.clean.families import FAMILIES
from publisher.cli.options import open_here, speaking
from publisher.cli.terminal import Terminal, code, faint, strong
from publisher.work.counting import Tally, count, families

EXAMPLES = """\b
Examples:
  publish stats
  publish stats content/inbox
  publish stats --output-format json"""

_NAMELESS = "(no source)"
_WIDTH = 32


@click.command("stats", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="How it is printed."
)
@speaking
@click.pass_obj
def command(terminal: Terminal, paths: tuple[Path, ...], output_format: str) -> int:
    """How many lines cleaning took out, by source and family; of all articles, or those below PATHS.

    A source is what front matter names, else the canonical link's host, else the top folder. -v counts
    by code as well.
    """
    here, _ = open_here(None, terminal)
    tallies = count(here, paths)
    terminal.give(_json(tallies) if output_format == "json" else _text(tallies, terminal.verbose))
    return 0


def _text(tallies: tuple[Tally, ...], verbose: bool) -> str:
    total = families(_summed(tallies))
    head: list[str | int] = ["source", "articles", "touched", "lines out", *total]
    counts = [
        [tally.articles, tally.touched, tally.lines, *(families(tally.gone).get(each, 0) for each in total)]
        for tally in tallies
    ]
    lines = [strong(_row(head))]
    lines += [_row([t.source or _NAMELESS, *row]) for t, row in zip(tallies, counts, strict=True)]
    lines.append(_row(["all", *map(sum, zip(*counts, strict=True))]))
    legend = [f"{code(family)} {FAMILIES[family].partition(':')[0]}" for family in total]
    lines += ["", faint("lines taken out: ") + ", ".join(legend)] if legend else []
    return "\n".join([*lines, *(_by_code(_summed(tallies)) if verbose else [])]) + "\n"


def _row(cells: list[str | int]) -> str:
    first, *rest = cells
    name = str(first) if len(str(first)) <= _WIDTH else f"{str(first)[: _WIDTH - 1]}…"
    return f"{name:<{_WIDTH}}" + "".join(f"{cell or '·':>10}" for cell in rest)


def _by_code(counts: dict[str, int]) -> list[str]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ["", *(f"{code(each)} {number:>6}  {meaning(each).summary}" for each, number in ranked)]


def _summed(tallies: tuple[Tally, ...]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for tally in tallies:
        for each, number in tally.gone.items():
            summed[each] = summed.get(each, 0) + number
    return summed


def _json(tallies: tuple[Tally, ...]) -> str:
    rows = [
        {
            "source": tally.source,
            "articles": tally.articles,
            "touched": tally.touched,
            "lines": tally.lines,
            "families": families(tally.gone),
            "codes": dict(sorted(tally.gone.items())),
            "mended": dict(sorted(tally.mended.items())),
            "reported": dict(sorted(tally.reported.items())),
        }
        for tally in tallies
    ]
    whole = _summed(tallies)
    facts = {"schema": 1, "lines": sum(whole.values()), "families": families(whole), "sources": rows}
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
