"""`publish doctor`: whether everything is in order, before readers find out."""

import json
import os
from collections import Counter
from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, faint, strong, visible
from publisher.errors import Problems, PublishError
from publisher.health.verdict import LEVELS, Level, Section, Verdict, wrong

EXAMPLES = """\b
Examples:
  publish doctor
  publish doctor --offline
  publish doctor --resolver 9.9.9.9
  publish doctor --output-format json"""

_COLOURS = {"ok": "green", "look at": "yellow", "wrong": "red"}
_WIDTH = 9


@click.command("doctor", epilog=EXAMPLES)
@click.option("--offline", is_flag=True, help="Ask neither DNS nor relays.")
@click.option(
    "--resolver", metavar="ADDRESS", default="", help="Ask this DNS server: 9.9.9.9, 127.0.0.1:5353."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 60), default=5.0, help="Seconds for one question to DNS (5)."
)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How it is told.")
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal, offline: bool, resolver: str, timeout: float, output_format: str, now: datetime | None
) -> int:
    """Look at configuration, state, disk, relays and DNS, and say what to do; exit 1 if anything is wrong.

    Nothing is changed and no mail is sent: a relay is only logged in to. "look at" is what a person has to
    judge; -q shows only what is wrong. docs/deliverability.md explains the records.
    """
    sections = _examined(terminal, None if offline else (resolver, timeout), now)
    counts = Counter(verdict.level for section in sections for verdict in section.verdicts)
    if output_format == "json":
        terminal.give(_json(sections, counts, offline))
    else:
        terminal.give("".join(_text(section, terminal.quiet) for section in sections))
        left_out = "; DNS and relays were left out" if offline else ""
        summary = ", ".join(f"{counts[level]} {level}" for level in LEVELS)
        terminal.note(f"{strong(summary)}{left_out}")
    return 1 if counts["wrong"] else 0


def _examined(
    terminal: Terminal, asked: tuple[str, float] | None, now: datetime | None
) -> tuple[Section, ...]:
    """A configuration that does not load is a finding, too: all of it, and nothing else can be told."""
    from publisher.cli.progress import progress
    from publisher.work.doctor import examine, versions

    ask = None
    if asked:
        from publisher.fetch.names import Names

        ask = Names(asked[1], asked[0]).ask
    try:
        place, instant = open_here(now, terminal)
    except PublishError as error:
        problems = error.problems if isinstance(error, Problems) else (error,)
        found = tuple(wrong(each.where, each.message, each.hint or "mend it there") for each in problems)
        return (Section("configuration", found), Section("machine", versions()))
    with progress(terminal) as bar:
        return examine(place, instant, os.environ, ask, bar)


def _text(section: Section, quiet: bool) -> str:
    shown = [each for each in section.verdicts if not quiet or each.level == "wrong"]
    lines = [line for each in shown for line in _lines(each)]
    return "\n".join((strong(section.name.capitalize()), *lines, "")) if lines else ""


def _lines(verdict: Verdict) -> list[str]:
    level = click.style(verdict.level.ljust(_WIDTH), fg=_COLOURS[verdict.level])
    lines = [f"  {level}{visible(verdict.subject)}: {visible(verdict.said)}"]
    if verdict.remedy:
        lines.append(f"  {'':<{_WIDTH}}{faint('-> ' + visible(verdict.remedy))}")
    return lines


def _json(sections: tuple[Section, ...], counts: Counter[Level], offline: bool) -> str:
    facts = {
        "schema": 1,
        "offline": offline,
        "counts": {level: counts[level] for level in LEVELS},
        "checks": [
            {
                "section": section.name,
                "level": each.level,
                "subject": each.subject,
                "said": each.said,
                "remedy": each.remedy,
            }
            for section in sections
            for each in section.verdicts
        ],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
