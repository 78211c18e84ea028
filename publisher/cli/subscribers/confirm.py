"""`publish subscribers confirm`: a reader agreed, elsewhere than by the link."""

from datetime import datetime

import click

from publisher.audience.subscriber import SILENT, Consent
from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import dry_run_option, newsletter_option
from publisher.cli.terminal import Terminal, good
from publisher.errors import PublishError
from publisher.work.subscribing import address_of, chosen, reader_at, readers

EXAMPLES = """\b
Examples:
  publish subscribers confirm ana@example.org --consent "by letter of 3 March"
  publish subscribers confirm ana@example.org --consent "asked by phone to get it again" --again"""


@click.command("confirm", epilog=EXAMPLES)
@click.argument("address")
@click.option("--consent", required=True, metavar="TEXT", help="What the reader agreed to, and how.")
@newsletter_option
@click.option("--again", is_flag=True, help="The reader, who got no more mail, asked to get it again.")
@dry_run_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    address: str,
    consent: str,
    newsletter: tuple[str, ...],
    again: bool,
    dry_run: bool,
    now: datetime | None,
) -> int:
    """Record that the reader with this ADDRESS agreed, for instance in writing.

    From then on mail goes there. Readers who confirm by the link in their mail need no command.
    """
    here, instant = open_here(now, terminal)
    who = address_of(address)
    reader = reader_at(here, who)
    word = reader.state if reader.state in SILENT else readers(here).suppressed(who)
    if word and not again:
        hint = "if the reader asked to get mail again: --again"
        raise PublishError(reader.address, f"no mail may go there: {word}", hint)
    wanted = chosen(here, newsletter) if newsletter or not reader.newsletters else ()
    if dry_run:
        terminal.say(f"would confirm {reader.address}, who is {reader.state}")
        return 0
    record = Consent(instant, "confirmed", "command", consent, newsletters=wanted)
    done = readers(here).confirm(reader.id, record) or reader
    terminal.say(f"{good('confirmed')} {done.address} for {', '.join(done.newsletters)}")
    return 0
