"""`publish status`: how the publication stands, at a glance or for machines."""

import json
from dataclasses import asdict
from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, counted, faint, strong
from publisher.store.diary import Run
from publisher.work.standing import Despatch, Standing, standing

EXAMPLES = """\b
Examples:
  publish status
  publish status --json | jq .readers.confirmed"""


@click.command("status", epilog=EXAMPLES)
@click.option("--json", "for_machines", is_flag=True, help="As JSON.")
@now_option
@speaking
@click.pass_obj
def command(terminal: Terminal, for_machines: bool, now: datetime | None) -> int:
    """Tell how things stand: the last issue of each newsletter, what is left and in doubt, the readers,
    the last daily run and the next one."""
    here, instant = open_here(now, terminal)
    found = standing(here, instant)
    if for_machines:
        terminal.give(json.dumps({"schema": 1, **asdict(found)}, default=plain, indent=2) + "\n")
        return 0
    for name, text in _lines(found):
        terminal.give(f"{strong(f'{name:<10}')} {text}\n")
    return 0


def _lines(found: Standing) -> list[tuple[str, str]]:
    people = [f"{count:,} {state}" for state, count in found.readers.items() if count]
    if found.suppressed:
        people.append(f"{found.suppressed:,} suppressed")
    if found.held:
        people.append(f"{counted(found.held, 'sign-up')} held")
    built = found.built.isoformat(" ", "seconds") if found.built else "never"
    return [
        ("built", built),
        *((each.newsletter, despatch(each)) for each in found.despatches),
        ("readers", ", ".join(people) or "none"),
        ("last run", run_in_words(found.last) if found.last else "never"),
        ("next run", found.next.isoformat(" ", "minutes")),
    ]


def despatch(each: Despatch) -> str:
    """An issue in a line."""
    mails = ", ".join(f"{count:,} {state}" for state, count in each.mails.items())
    waiting = f"for {counted(each.readers, 'reader')}" if each.readers else ""
    return f"{each.day} {each.standing} {faint(mails or waiting)}".rstrip()


def run_in_words(run: Run) -> str:
    """A run of `publish daily` in a line."""
    failed = [each.step for each in run.outcomes if each.code != 0]
    steps = ", ".join(each.step for each in run.outcomes)
    how = "done" if run.done else f"not done: {', '.join(failed)}"
    return f"{run.begun.isoformat(' ', 'seconds')} {how} {faint(steps)}"


def plain(value: object) -> str:
    """A date or moment as JSON has it (ISO 8601)."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
