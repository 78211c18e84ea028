"""`publish subscribers unsubscribe`: a reader asked you, instead of the link."""

from datetime import datetime

import click

from publisher.audience.subscriber import Consent
from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import dry_run_option
from publisher.cli.terminal import Terminal, good
from publisher.work.subscribing import address_of, chosen, reader_at, readers

EXAMPLES = """\b
Examples:
  publish subscribers unsubscribe ana@example.org
  publish subscribers unsubscribe ana@example.org --newsletter weekly"""


@click.command("unsubscribe", epilog=EXAMPLES)
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--newsletter", default="", metavar="NAME", help="Only this one; the others go on.")
@dry_run_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal, addresses: tuple[str, ...], newsletter: str, dry_run: bool, now: datetime | None
) -> int:
    """End what the readers with these ADDRESSES get: everything, or one newsletter.

    Who leaves the last one has left all, and no import brings them back.
    """
    here, instant = open_here(now, terminal)
    only = chosen(here, (newsletter,))[0] if newsletter else ""
    found = [reader_at(here, address_of(address)) for address in addresses]
    for reader in found:
        what = f"{reader.address} from {only or 'everything'}"
        if dry_run:
            terminal.say(f"would unsubscribe {what}")
            continue
        done = readers(here).unsubscribe(reader.id, Consent(instant, "unsubscribed", "command"), only)
        left = ", ".join(done.newsletters) if done and done.state == "confirmed" else "nothing"
        terminal.say(f"{good('unsubscribed')} {what}; gets {left}")
    return 0
