"""`publish daily`: everything that a publication does every day, unattended."""

import os
import sys
from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, counted, faint, good
from publisher.work.daily import Manner, exit_code, failures, is_due, run_daily, steps
from publisher.work.place import with_content

EXAMPLES = """\b
Examples:
  publish daily                 now
  publish daily --due           what cron asks every hour
  publish daily --dry-run       which steps there are

\b
In publish.toml:
  [daily]
  at = "06:00"
  steps = ["digest", "build", "deploy", "send"]
  report = "you@example.org"    # a mail for each failure, once"""


@click.command("daily", epilog=EXAMPLES)
@click.option("--due", is_flag=True, help="Do nothing before [daily] at, or when today's run is done.")
@click.option("--dry-run", is_flag=True, help="Only say which steps it would take.")
@now_option
@speaking
@click.pass_obj
def command(terminal: Terminal, due: bool, dry_run: bool, now: datetime | None) -> int:
    """Do what is due every day: read bounces, freeze the issues, build, deploy, ping, send.

    Which of these, the configuration says. It is safe at any time and any number of times; what a run that
    was killed left undone, the next one does. It says nothing when all went well, unless somebody looks on.
    """
    here, instant = open_here(now, terminal)
    if dry_run:
        for step in steps(here.publication):
            terminal.give(f"publish {' '.join((step.name, *step.arguments))}\n")
        return 0
    with_content(here)
    if due and not is_due(here, instant):
        return 0
    watched = terminal.verbose or sys.stderr.isatty()
    config = str(terminal.config.resolve()) if terminal.config else ""
    manner = Manner(config, instant.isoformat() if now else "")

    def tell(name: str) -> None:
        if watched:
            terminal.note(faint(f"publish {name}"))

    run = run_daily(here, instant, tell, manner)
    for outcome in failures(run):
        code = "" if outcome.code is None else f" (exit code {outcome.code})"
        click.echo(f"publish {outcome.step}{code}: {outcome.said}", err=True, color=terminal.color)
    from publisher.work.reporting import report  # it brings the sending of mail

    if lost := report(here, run, os.environ, instant):
        terminal.warn(f"daily.report: {lost}")
    if watched and run.done:
        seconds = sum(outcome.seconds for outcome in run.outcomes)
        terminal.say(f"{good('done')} {counted(len(run.outcomes), 'step')} {faint(f'({seconds:.1f} s)')}")
    return exit_code(run)
