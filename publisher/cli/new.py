"""`publish new`: start an article."""

from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, place
from publisher.work.place import with_content
from publisher.work.starting import new_article

EXAMPLES = """\b
Examples:
  publish new "The ferry is back"
  publish new --section Harbour "The ferry is back\""""


@click.command("new", epilog=EXAMPLES)
@click.argument("title")
@click.option("--section", default="", help="The section, and the folder, it belongs to.")
@now_option
@speaking
@click.pass_obj
def command(terminal: Terminal, title: str, section: str, now: datetime | None) -> int:
    """Start an article: a draft with front matter, today's date and a permanent id."""
    here, instant = open_here(now, terminal)
    file = new_article(with_content(here), title, section, instant)
    terminal.give(f"{place(str(file))}\n")
    return 0
