"""`publish subscribers held`: sign-ups that wait until a burst of them is over, let go or dropped."""

import json
from datetime import datetime

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.subscribers.options import output_format
from publisher.cli.terminal import Terminal, counted, good
from publisher.store.bursts import Held

EXAMPLES = """\b
Examples:
  publish subscribers held
  publish subscribers held --release
  publish subscribers held --drop --domain example.org"""


@click.command("held", epilog=EXAMPLES)
@click.option("--release", "act", flag_value="release", help="They get their mails now.")
@click.option("--drop", "act", flag_value="drop", help="They get none; who asks again is asked again.")
@click.option("--domain", default="", metavar="NAME", help="Only those with addresses of this domain.")
@output_format
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal, act: str | None, domain: str, output_format: str, now: datetime | None
) -> int:
    """Sign-ups that wait, as more came within an hour than [web] burst says is usual.

    They get no mail until there is room again; after two days they are forgotten. Without an option they
    are counted by domain, the most first.
    """
    here, instant = open_here(now, terminal)
    held, wanted = Held(here.state / "ledger.sqlite"), domain.lower()
    waiting = {name: number for name, number in held.by_domain().items() if wanted in {"", name}}
    if act and waiting:
        done = held.release(instant, wanted) if act == "release" else held.drop(wanted)
        terminal.say(f"{good('let go' if act == 'release' else 'dropped')} {counted(done, 'sign-up')}")
    elif act or not waiting:
        terminal.say("no sign-up is held")
    elif output_format == "json":
        terminal.give(json.dumps({"schema": 1, "held": waiting}, indent=2) + "\n")
    else:
        terminal.give("".join(f"{number:>7,} {name}\n" for name, number in waiting.items()))
    return 0
