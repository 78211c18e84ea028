"""`publish backup`: what cannot be made again, in one file."""

from datetime import datetime
from pathlib import Path

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.terminal import Terminal, good

EXAMPLES = """\b
Examples:
  publish backup /mnt/backups
  publish backup ledger.tar.gz"""


@click.command("backup", epilog=EXAMPLES)
@click.argument("target", type=click.Path(path_type=Path))
@now_option
@speaking
@click.pass_obj
def command(terminal: Terminal, target: Path, now: datetime | None) -> int:
    """Keep the ledger, the keys and replaced originals in TARGET, a file or a folder.

    It may be done at any time, also while mails are sent. docs/recovery.md tells how to put it back.
    """
    from publisher.store.backup import back_up
    from publisher.store.inspection import note_backup

    here, instant = open_here(now, terminal)
    if target.is_dir():
        local = instant.astimezone(here.publication.zone)
        target = target / f"publish-{local.strftime('%Y%m%d-%H%M%S')}.tar.gz"
    held = back_up(here.state, target)
    note_backup(here.state, instant)
    terminal.say(f"{good('kept')} {', '.join(held)} in {target}")
    return 0
