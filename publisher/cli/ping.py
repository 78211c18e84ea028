"""`publish ping`: the WebSub hub told of feeds that changed."""

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, counted, good, place, strong, visible
from publisher.work.pinging import Ping, by_hub, due, ping, refuse_pings

EXAMPLES = """\b
Examples:
  publish build && publish deploy && publish ping
  publish ping --dry-run
  publish ping --all

\b
The hub in publish.toml:
  [feed]
  hub = "https://hub.example.org/\""""


@click.command("ping", epilog=EXAMPLES)
@click.option("--dry-run", is_flag=True, help="List the feeds that the hub would be told of; tell nobody.")
@click.option("--all", "everything", is_flag=True, help="Tell it of every feed, changed or not.")
@speaking
@click.pass_obj
def command(terminal: Terminal, dry_run: bool, everything: bool) -> int:
    """Tell the WebSub hub of the feeds that changed since it was told last.

    The hub then fetches them from their public addresses: deploy first. One that fails is asked again, as
    late as it asks for; what it did not take is left for the next run (exit code 75).
    """
    here, _ = open_here(None, terminal)
    if dry_run:
        wanted, unchanged = due(here, everything)
        _list(terminal, wanted)
        _report(terminal, "Would be", wanted, unchanged)
        return 0
    with progress(terminal) as bar:
        done = ping(here, everything, bar)
    if terminal.verbose:
        _list(terminal, done.taken)
    if done.taken or not (done.left or done.refused):
        _report(terminal, "Pinged", done.taken, done.unchanged)
    refuse_pings(done)
    return 0


def _list(terminal: Terminal, pings: tuple[Ping, ...]) -> None:
    for each in pings:
        terminal.say(f"ping      {place(visible(each.topic))}")


def _report(terminal: Terminal, verb: str, pings: tuple[Ping, ...], unchanged: int) -> None:
    hubs = ", ".join(f"{strong(visible(hub))}: {counted(n, 'feed')}" for hub, n in by_hub(pings).items())
    terminal.say(f"{good(f'{verb:<9}')} {hubs or 'nobody: nothing changed'}; {unchanged:,} unchanged")
