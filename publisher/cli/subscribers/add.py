"""`publish subscribers add`: one more reader."""

from datetime import datetime

import click

from publisher.audience.listed import read_language, read_name, read_zone
from publisher.audience.subscriber import Consent, Newcomer
from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import dry_run_option, newsletter_option, reads, vows
from publisher.cli.terminal import Terminal, good
from publisher.work.subscribing import address_of, chosen, readers

EXAMPLES = """\b
Examples:
  publish subscribers add ana@example.org --name "Ana Lund"
  publish subscribers add ana@example.org --newsletter weekly --language no
  publish subscribers add ana@example.org --confirmed --consent "on paper, fair of 3 March" """


@click.command("add", epilog=EXAMPLES)
@click.argument("address")
@click.option("--name", default="", callback=reads(read_name), help="The reader's name.")
@click.option("--language", default="", callback=reads(read_language), help="Such as de or en-GB.")
@click.option("--time-zone", default="", callback=reads(read_zone), help="Such as Europe/Oslo.")
@newsletter_option
@vows
@dry_run_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    address: str,
    name: str,
    language: str,
    time_zone: str,
    newsletter: tuple[str, ...],
    confirmed: bool,
    consent: str,
    dry_run: bool,
    now: datetime | None,
) -> int:
    """Add a reader with this ADDRESS.

    Without --confirmed the reader gets no mail before agreeing. Who left, bounced or complained is not
    added. A reader who is there gets what was not known yet.
    """
    here, instant = open_here(now, terminal)
    newcomer = Newcomer(address_of(address), chosen(here, newsletter), name, language, time_zone)
    if dry_run:
        terminal.say(f"would add {newcomer.address.address} to {', '.join(newcomer.newsletters)}")
        return 0
    record = Consent(instant, "imported", "command", consent)
    reader = readers(here).add(newcomer, record, confirmed=confirmed)
    terminal.say(f"{good('added')} {reader.address} to {', '.join(reader.newsletters)}: {reader.state}")
    return 0
