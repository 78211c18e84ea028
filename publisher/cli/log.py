"""`publish log`: what went out, and how the daily runs went."""

import json
from dataclasses import asdict
from datetime import datetime

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.status import despatch, plain, run_in_words
from publisher.cli.terminal import Terminal, strong
from publisher.store.diary import Run, read_runs
from publisher.work.standing import Despatch, despatches

EXAMPLES = """\b
Examples:
  publish log
  publish log -n 100 --json"""


@click.command("log", epilog=EXAMPLES)
@click.option("-n", "count", type=click.IntRange(min=1), default=20, help="How many, the latest last.")
@click.option("--json", "for_machines", is_flag=True, help="As JSON, one object.")
@speaking
@click.pass_obj
def command(terminal: Terminal, count: int, for_machines: bool) -> int:
    """List the issues with their mails, and the runs of `publish daily`, the latest last."""
    here, _ = open_here(None, terminal)
    events: list[tuple[datetime, Despatch | Run]] = [(each.frozen_at, each) for each in despatches(here)]
    events += ((run.begun, run) for run in read_runs(here.state / "daily.jsonl"))
    shown = sorted(events, key=lambda event: event[0])[-count:]
    if for_machines:
        table = [{"kind": "run" if isinstance(each, Run) else "issue", **asdict(each)} for _, each in shown]
        terminal.give(json.dumps({"schema": 1, "log": table}, default=plain, indent=2) + "\n")
        return 0
    if not shown:
        terminal.note("nothing has gone out yet, and publish daily has not run")
    for moment, each in shown:
        if isinstance(each, Run):
            terminal.give(f"{strong('daily')} {run_in_words(each)}\n")
        else:
            terminal.give(f"{strong(each.newsletter)} {moment.isoformat(' ', 'seconds')} {despatch(each)}\n")
    return 0
