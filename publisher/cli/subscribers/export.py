"""`publish subscribers export`: the readers as a file, or all that is known of one."""

import sys
from pathlib import Path

import click

from publisher.audience.subscriber import State
from publisher.cli.options import open_here, speaking
from publisher.cli.subscribers.options import choosing
from publisher.cli.terminal import Terminal, counted, good
from publisher.store.roster import Choice
from publisher.work.exporting import export_csv, export_json, export_reader
from publisher.work.subscribing import address_of, reader_at, roster

EXAMPLES = """\b
Examples:
  publish subscribers export --output readers.csv
  publish subscribers export --state confirmed --newsletter weekly > weekly.csv
  publish subscribers export --output-format json        one reader a line
  publish subscribers export --reader ana@example.org    all that is known of one"""


@click.command("export", epilog=EXAMPLES)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it here.")
@click.option("--reader", default="", metavar="ADDRESS", help="Everything about this one, as JSON.")
@choosing
@click.option("--output-format", type=click.Choice(["csv", "json"]), default="csv", help="csv or JSON lines.")
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    output: Path | None,
    reader: str,
    state: State | None,
    newsletter: str,
    language: str,
    output_format: str,
) -> int:
    """All readers as CSV, which `import` reads back, or as JSON lines.

    In the CSV file nothing can be taken for a formula by a spreadsheet program. The file is readable by
    you alone.
    """
    here, _ = open_here(None, terminal)
    if reader:
        export_reader(roster(here), reader_at(here, address_of(reader)), output or sys.stdout.buffer)
        return 0
    write = export_json if output_format == "json" else export_csv
    number = write(roster(here), Choice(state, newsletter, language), output or sys.stdout.buffer)
    if output:
        terminal.say(f"{good('exported')} {counted(number, 'reader')} -> {output}")
    return 0
