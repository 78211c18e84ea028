"""`publish subscribers list`: look through the readers, page by page."""

import json

import click

from publisher.audience.subscriber import State, Subscriber
from publisher.cli.options import open_here, speaking
from publisher.cli.subscribers.options import choosing, output_format
from publisher.cli.terminal import Terminal, faint, visible
from publisher.store.roster import Choice
from publisher.work.exporting import facts
from publisher.work.subscribing import roster

EXAMPLES = """\b
Examples:
  publish subscribers list
  publish subscribers list --state unconfirmed --limit 200
  publish subscribers list --contains @example.org --output-format json"""


@click.command("list", epilog=EXAMPLES)
@choosing
@click.option("--contains", default="", metavar="TEXT", help="Only addresses with this in them.")
@click.option("--after", type=click.IntRange(min=0), default=0, metavar="ID", help="Begin after this one.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="How many at most (50).")
@output_format
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    state: State | None,
    newsletter: str,
    language: str,
    contains: str,
    after: int,
    limit: int,
    output_format: str,
) -> int:
    """The readers, in the order in which they came: id, state, address, newsletters.

    -v adds name, language and the day they joined.
    """
    here, _ = open_here(None, terminal)
    found = roster(here).page(Choice(state, newsletter, language, contains), after, limit + 1)
    shown, more = found[:limit], len(found) > limit
    if output_format == "json":
        facts_ = {"schema": 1, "subscribers": [*map(facts, shown)], "next": shown[-1].id if more else None}
        terminal.give(json.dumps(facts_, ensure_ascii=False, indent=2) + "\n")
        return 0
    for reader in shown:
        terminal.give(_line(reader, terminal.verbose))
    if not shown:
        terminal.note("no readers")
    if more:
        terminal.note(faint(f"there are more: --after {shown[-1].id}"))
    return 0


def _line(reader: Subscriber, verbose: bool) -> str:
    line = f"{reader.id:>7}  {reader.state:<12}  {reader.address:<32}  {', '.join(reader.newsletters)}"
    if verbose:
        line += f"  {reader.joined.date()}  {reader.language or '·'}  {visible(reader.name)}"
    return f"{line.rstrip()}\n"
