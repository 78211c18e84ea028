"""`publish deploy`: the built site to where readers find it."""

import os
import time

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, counted, faint, good, place, strong, visible
from publisher.work.deploying import Deployed, Wish, chosen, deploy

EXAMPLES = """\b
Examples:
  publish build && publish deploy
  publish deploy live --dry-run
  publish deploy backup --everything

\b
A target in publish.toml:
  [deploy.live]
  kind = "rsync"                      # or "git", "s3", "folder"
  to = "www@host.example.org:/srv/ledger\""""


@click.command("deploy", epilog=EXAMPLES)
@click.argument("target", required=False, default="")
@click.option("--dry-run", is_flag=True, help="List what would be sent and deleted; change nothing.")
@click.option("--everything", is_flag=True, help="Send every file, also what the target should have already.")
@speaking
@click.pass_obj
def command(terminal: Terminal, target: str, dry_run: bool, everything: bool) -> int:
    """Bring the site of the last build to TARGET (default: the only one there is).

    Only what differs is sent: first what pages need, then pages; what was deployed before and is gone
    is deleted last. Nothing is ever deleted that was not deployed. A run that was broken off is
    completed by the next.
    """
    here, _ = open_here(None, terminal)
    begun = time.monotonic()
    with progress(terminal) as bar:
        done = deploy(here, chosen(here, target), Wish(dry_run, everything), os.environ, bar)
    if dry_run or terminal.verbose:
        _list(terminal, done)
    _report(terminal, done, dry_run, time.monotonic() - begun)
    return 0


def _list(terminal: Terminal, done: Deployed) -> None:
    for each in done.plan.send:
        terminal.say(f"send      {place(visible(each.path))} {faint(_size(each.size))}")
    for path in done.plan.delete:
        terminal.say(f"delete    {place(visible(path))}")


def _report(terminal: Terminal, done: Deployed, rehearsed: bool, seconds: float) -> None:
    plan = done.plan
    parts = [f"{counted(len(plan.send), 'file')} sent ({_size(plan.size)})" if plan.send else "nothing new"]
    parts.append(f"{plan.unchanged:,} unchanged")
    if plan.delete:
        parts.append(f"{len(plan.delete):,} deleted")
    if done.commit:
        parts.append(f"commit {done.commit[:10]}")
    verb = "Would be" if rehearsed else "Deployed"
    took = faint(f"({seconds:.1f} s)")
    terminal.say(f"{good(verb)}  {strong(visible(done.target.name))}: {', '.join(parts)} {took}")


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 10_000 else f"{count / 1000:,.0f} kB"
