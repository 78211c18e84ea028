"""`publish explain`: what a code means, why it exists, what is done, and an example."""

import click

from publisher.clean.catalogue import CATALOGUE, FAMILIES, Meaning, meaning
from publisher.cli.options import speaking
from publisher.cli.terminal import Terminal, code, faint, strong


@click.command("explain", epilog="\b\nExamples:\n  publish explain\n  publish explain DU002")
@click.argument("name", metavar="[CODE]", required=False)
@speaking
@click.pass_obj
def command(terminal: Terminal, name: str | None) -> None:
    """What a code means, and why. Without CODE, all of them in a line each."""
    if name:
        _tell(terminal, meaning(name))
        return
    for family, title in FAMILIES.items():
        terminal.give(f"{strong(family)} {title}\n")
        for each in CATALOGUE:
            if each.family == family:
                terminal.give(f"  {code(each.code)}  {each.summary}\n")


def _tell(terminal: Terminal, found: Meaning) -> None:
    terminal.give(f"{code(found.code)} {strong(found.name)}\n{found.summary}\n")
    for title, text in (("Why", found.why), ("What is done", found.fix), ("Example", found.example)):
        if text:
            terminal.give(f"\n{faint(title)}\n  " + text.replace("\n", "\n  ") + "\n")
