"""`publish subscribers stats`: how many readers there are, and since when."""

import json
from collections.abc import Mapping

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.subscribers.options import output_format
from publisher.cli.terminal import Terminal, faint, strong
from publisher.store.census import Census, count

EXAMPLES = """\b
Examples:
  publish subscribers stats
  publish subscribers stats --output-format json"""

_MONTHS = 12


@click.command("stats", epilog=EXAMPLES)
@output_format
@speaking
@click.pass_obj
def command(terminal: Terminal, output_format: str) -> int:
    """Readers by state, newsletter and language, and how many came and went each month.

    Newsletters and languages count who gets mail. -v shows all months instead of the last twelve.
    """
    here, _ = open_here(None, terminal)
    census = count(here.state / "ledger.sqlite")
    terminal.give(_json(census) if output_format == "json" else _text(census, terminal.verbose))
    return 0


def _text(census: Census, verbose: bool) -> str:
    states = {str(name): number for name, number in census.states.items() if number}
    languages = {name or "(not known)": number for name, number in census.languages.items()}
    lines = [
        *_table("Readers", {"all": sum(states.values())} | states),
        *_table("Newsletters", census.newsletters),
        *_table("Languages", languages),
        *_table("Suppressed", {"addresses": census.suppressed}),
    ]
    months = census.months if verbose else census.months[-_MONTHS:]
    if months:
        lines.append(strong("Months".ljust(28)) + faint("came".rjust(10) + "went".rjust(10)))
        lines += [f"  {each.month:<26}{f'+{each.joined:,}':>10}{f'-{each.left:,}':>10}" for each in months]
    return "\n".join(lines) + "\n"


def _table(title: str, rows: Mapping[str, int]) -> list[str]:
    return [strong(title), *(f"  {name:<26}{number:>10,}" for name, number in rows.items())]


def _json(census: Census) -> str:
    facts = {
        "schema": 1,
        "states": {**census.states},
        "newsletters": {**census.newsletters},
        "languages": {**census.languages},
        "suppressed": census.suppressed,
        "months": [{"month": m.month, "joined": m.joined, "left": m.left} for m in census.months],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
