"""`publish restore`: put back what `check --fix` took out."""

from pathlib import Path

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.terminal import Terminal, good, place
from publisher.errors import PublishError
from publisher.store import journal
from publisher.store.lock import hold

EXAMPLES = """\b
Examples:
  publish restore                               what can be restored
  publish restore content/inbox/scraped.txt"""


@click.command("restore", epilog=EXAMPLES)
@click.argument("path", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@speaking
@click.pass_obj
def command(terminal: Terminal, path: Path | None) -> int:
    """Put a file back to what it was before its last fix. Without FILE, list the fixes."""
    here, _ = open_here(None, terminal)
    if path is None:
        for kept in journal.entries(here.root):
            terminal.give(f"{place(kept.path)}: {kept.note}\n")
        return 0
    name = _relative(here.root, path)
    with hold(here.state / "lock"):
        kept = journal.restore(here.root, name)
    terminal.say(f"{good('restored')} {kept.path} as it was before fix {kept.number} ({kept.note})")
    return 0


def _relative(root: Path, path: Path) -> str:
    base = root.resolve()
    for candidate in (root / path, path):
        if candidate.exists() and candidate.resolve().is_relative_to(base):
            return candidate.resolve().relative_to(base).as_posix()
    raise PublishError(str(path), "there is no such file in this publication")
