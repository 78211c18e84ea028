"""`publish subscribers`: who reads the newsletter. Its commands are imported when they are called."""

import click

from publisher.cli.groups import LazyGroup

COMMANDS = {
    "add": "add one reader",
    "confirm": "record that a reader agreed",
    "export": "the readers as CSV or JSON, or all that is known of one",
    "forget": "erase everything of a reader",
    "held": "sign-ups that wait for a burst to be over",
    "import": "add readers from a CSV file",
    "list": "look through the readers",
    "stats": "how many there are, and since when",
    "suppress": "never write to an address",
    "unsubscribe": "end what a reader gets",
}

EXAMPLES = """\b
Examples:
  publish subscribers add ana@example.org
  publish subscribers import readers.csv --dry-run
  publish subscribers list --state bounced
  publish subscribers export --output readers.csv"""


@click.group("subscribers", cls=LazyGroup, package=__name__, about=COMMANDS, epilog=EXAMPLES)
def command() -> None:
    """Who reads the newsletter: add, import, export, list, confirm, forget, count, suppress.

    Readers are in .publish/ledger.sqlite. Only who confirmed gets mail; who left, bounced or complained
    gets none, whatever is imported later.
    """
