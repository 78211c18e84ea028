"""`publish subscribers forget`: erase everything of a reader."""

import sys
from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import dry_run_option
from publisher.cli.terminal import Terminal, good
from publisher.work.subscribing import address_of, reader_at, readers

EXAMPLES = """\b
Examples:
  publish subscribers export --reader ana@example.org      what there is
  publish subscribers forget ana@example.org
  publish subscribers forget ana@example.org --yes --leave-nothing"""


@click.command("forget", epilog=EXAMPLES)
@click.argument("address")
@click.option("--leave-nothing", is_flag=True, help="Not even the hash: an import may bring the reader back.")
@click.option("--yes", is_flag=True, help="Do not ask. Needed where nobody can be asked.")
@dry_run_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal, address: str, leave_nothing: bool, yes: bool, dry_run: bool, now: datetime | None
) -> int:
    """Erase everything of the reader with this ADDRESS from the ledger. It cannot be undone.

    A keyed hash is left, from which nobody can tell the address, so that no import brings the reader
    back. Copies in backups are yours to erase.
    """
    here, instant = open_here(now, terminal)
    reader = reader_at(here, address_of(address))
    if dry_run:
        terminal.say(f"would forget {reader.address}, who is {reader.state}")
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nobody is there to be asked: --yes erases without asking")
        click.confirm(f"Erase everything of {reader.address}?", abort=True, err=True)
    readers(here).forget(reader.id, instant, leave_mark=not leave_nothing)
    terminal.say(f"{good('forgotten')}: reader {reader.id}")
    return 0
