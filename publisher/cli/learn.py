"""`publish learn`: what the articles of one source have in common, for the next run to strip."""

import difflib

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.terminal import Terminal, faint, good, place
from publisher.work.learning import Learned, learn

EXAMPLES = """\b
Examples:
  publish learn
  publish learn --source "Example Courier"
  publish learn --diff                          what it would write"""


@click.command("learn", epilog=EXAMPLES)
@click.option("--source", "only", default="", metavar="NAME", help="Only this source; default: all.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would be written.")
@speaking
@click.pass_obj
def command(terminal: Terminal, only: str, show: bool) -> int:
    """Find the lines that recur over the articles of a source, and write them to sources/NAME.toml.

    A source is what front matter names, else the canonical link's host, else the top folder. The next
    build and check strip what the file is sure of. Edit it, and put it into git: rules of your own above
    its mark stay, and so does every action = "keep".
    """
    here, _ = open_here(None, terminal)
    learned = learn(here, only, write=not show)
    for each in learned:
        if show:
            terminal.give(_diff(each))
        else:
            terminal.say(_told(each))
    if not learned:
        terminal.say("nothing recurs in three articles of one source and a fifth of all it has")
    return 0


def _told(each: Learned) -> str:
    lines = sum(len(found.texts) == 1 for found in each.found)
    blocks = len(each.found) - lines
    how = "as it was" if each.after == each.before else "changed" if each.before else "new"
    what = f"{_count(lines, 'line')} and {_count(blocks, 'block')} in {each.articles} articles of {each.name}"
    return f"{good('learned')} {place(each.file)} {what} {faint(f'({how})')}"


def _diff(each: Learned) -> str:
    texts = (each.before.splitlines(keepends=True), each.after.splitlines(keepends=True))
    return "".join(difflib.unified_diff(*texts, each.file, f"{each.file} (learned)", n=2))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
