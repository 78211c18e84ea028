"""`publish keep`: a line that cleaning would take stays from now on."""

from pathlib import Path

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.terminal import Terminal, faint, good, place
from publisher.work.keeping import keep

EXAMPLES = """\b
Examples:
  publish keep content/inbox/scraped.txt 24
  publish keep content/inbox/scraped.txt 24 --says "Advertise with"
  publish trace content/inbox/scraped.txt       shows the numbers"""


@click.command("keep", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("line", type=click.IntRange(min=1))
@click.option("--says", default="", metavar="WORDS", help="The line near LINE that begins with these words.")
@speaking
@click.pass_obj
def command(terminal: Terminal, file: Path, line: int, says: str) -> int:
    """Keep line LINE of FILE: its text goes to `publish: keep` in the article's front matter.

    The rest of the file stays as it is, and publish restore FILE takes it back. The front matter grows,
    so the numbers of the lines below it change; --says makes sure that it is the right one.
    """
    here, _ = open_here(None, terminal)
    kept = keep(here, file, line, says)
    if not kept.written:
        terminal.say(f"{place(f'{kept.path}:{kept.number}')} stays anyway; nothing was written")
        return 0
    terminal.say(f"{good('kept')} {place(f'{kept.path}:{kept.number}')} {kept.text}")
    if kept.also:
        numbers = ", ".join(map(str, kept.also))
        terminal.say(faint(f"     and, since they hold the same words, lines {numbers}"))
    terminal.note(faint(f"publish restore {kept.path} takes it back"))
    return 0
