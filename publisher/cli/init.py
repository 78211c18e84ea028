"""`publish init`: start a publication in a folder."""

from pathlib import Path

import click

from publisher.cli.options import speaking
from publisher.cli.terminal import Terminal, good, place
from publisher.work.starting import start

EXAMPLES = """\b
Examples:
  publish init blog --demo && publish -C blog build
  publish init ."""


@click.command("init", epilog=EXAMPLES)
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="With articles to look at, clean and dirty ones.")
@speaking
@click.pass_obj
def command(terminal: Terminal, folder: Path, demo: bool) -> int:
    """Start a publication in FOLDER: publish.toml, content/, templates/. Nothing is overwritten."""
    target = terminal.folder / folder
    made = start(target, demo)
    terminal.say(f"{good('started')} a publication in {place(str(target))}: {', '.join(made)}")
    terminal.say(f"next: publish -C {target} build")
    return 0
