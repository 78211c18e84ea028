"""`publish subscribers suppress`: never write to an address, whoever adds it."""

from datetime import datetime
from typing import Literal

import click

from publisher.audience.subscriber import Consent, Reason
from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import dry_run_option
from publisher.cli.terminal import Terminal, good
from publisher.work.subscribing import address_of, readers

EXAMPLES = """\b
Examples:
  publish subscribers suppress trap@example.org
  publish subscribers suppress ana@example.org --reason complained
  publish subscribers suppress --lift trap@example.org"""

_ACTS: dict[Reason, Literal["unsubscribed", "bounced", "complained"]] = {
    "manual": "unsubscribed",
    "bounced": "bounced",
    "complained": "complained",
}


@click.command("suppress", epilog=EXAMPLES)
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--reason", type=click.Choice(list(_ACTS)), default="manual", help="Why.")
@click.option("--lift", is_flag=True, help="Take it back, for an address that is no reader's.")
@dry_run_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    addresses: tuple[str, ...],
    reason: Reason,
    lift: bool,
    dry_run: bool,
    now: datetime | None,
) -> int:
    """Never write to these ADDRESSES, whether they are readers' or not.

    Only a keyed hash is kept of an address that is no reader's. A reader comes back by confirming alone.
    """
    here, instant = open_here(now, terminal)
    found = [address_of(address) for address in addresses]
    for address in found:
        if dry_run:
            terminal.say(f"would {'lift the suppression of' if lift else 'suppress'} {address.address}")
        elif lift:
            lifted = readers(here).lift(address)
            terminal.say(f"{good('lifted') if lifted else 'was not suppressed:'} {address.address}")
        else:
            readers(here).suppress(address, reason, Consent(instant, _ACTS[reason], "command"))
            terminal.say(f"{good('suppressed')} {address.address}")
    return 0
