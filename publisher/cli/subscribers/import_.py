"""`publish subscribers import`: readers from a CSV file."""

import codecs
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from publisher.audience.columns import Origin
from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.progress import progress
from publisher.cli.subscribers.options import (
    dry_run_option,
    newsletter_option,
    output_format,
    reads,
    vows,
)
from publisher.cli.terminal import Terminal, counted, faint, good, place, visible
from publisher.store.intake import Vow
from publisher.work.importing import Ears, Imported, Sheet, import_readers

EXAMPLES = """\b
Examples:
  publish subscribers import readers.csv --dry-run
  publish subscribers import readers.csv --bad bad.csv
  publish subscribers import members.csv --from ghost --confirmed --consent "ticked on our site"
  publish subscribers import - < readers.csv"""

_SHOWN = 20  # bad lines, unless -v
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        raise ValueError(f"there is no encoding {name!r}; write utf-8, utf-16 or windows-1252") from None


@click.command("import", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "origin", type=click.Choice(get_args(Origin)), help="Whose export the file is.")
@newsletter_option
@vows
@click.option("--encoding", default="", callback=reads(_encoding), help="If it is neither UTF-8 nor UTF-16.")
@click.option("--delimiter", type=click.Choice(list(_DELIMITERS)), help="If it is not found out by itself.")
@click.option("--bad", type=click.Path(path_type=Path), metavar="FILE", help="Put bad lines there, with why.")
@dry_run_option
@output_format
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    file: Path,
    origin: Origin | None,
    newsletter: tuple[str, ...],
    confirmed: bool,
    consent: str,
    encoding: str,
    delimiter: str | None,
    bad: Path | None,
    dry_run: bool,
    output_format: str,
    now: datetime | None,
) -> int:
    """Add the readers in a CSV FILE (- for standard input), all at once or, on an error, none.

    Columns are found by their usual names: email, name, language, status, newsletters, created_at and
    others. A line that cannot be read is told with its number and left out; the exit code is then 1.

    Imported readers get no mail before they agree, unless --confirmed and --consent say that they did.
    Who left, bounced or complained, here or by the file, gets none.
    """
    here, instant = open_here(now, terminal)
    stream = sys.stdin.buffer if str(file) == "-" else None
    split = _DELIMITERS[delimiter] if delimiter else ""
    sheet = Sheet(file, stream, encoding, split, origin, newsletter, bad)
    vow = Vow("standard input" if stream else file.name, instant, confirmed, consent)
    teller = _Teller(terminal, file)
    with progress(terminal) as show:
        done = import_readers(here, sheet, vow, Ears(teller.refused, show), dry_run=dry_run)
    teller.rest(done.bad, bad)
    if output_format == "json":
        facts = {"schema": 1, **asdict(done.merged), "bad": done.bad, "problems": teller.problems}
        terminal.give(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    else:
        _report(terminal, done, dry_run)
    return 1 if done.bad else 0


class _Teller:
    """Tells of the first bad lines, when the progress bar is gone; of all with -v, as they come.

    Reasons never repeat an address.
    """

    def __init__(self, terminal: Terminal, file: Path) -> None:
        self.terminal = terminal
        self.file = file
        self.problems: list[dict[str, int | str]] = []

    def refused(self, line: int, problem: str) -> None:
        if len(self.problems) < _SHOWN or self.terminal.verbose:
            self.problems.append({"line": line, "problem": problem})
            if self.terminal.verbose:
                self._tell(line, problem)

    def rest(self, number: int, bad: Path | None) -> None:
        if not self.terminal.verbose:
            for each in self.problems:
                self._tell(each["line"], str(each["problem"]))
        if more := number - len(self.problems):
            hint = f"all are in {bad}" if bad else "-v shows all, --bad FILE writes them out"
            self.terminal.note(f"and {counted(more, 'bad line')} more ({hint})")

    def _tell(self, line: int | str, problem: str) -> None:
        self.terminal.note(f"{place(f'{self.file}:{line}')}: {visible(problem)}")


def _report(terminal: Terminal, done: Imported, dry_run: bool) -> None:
    merged = done.merged
    parts = {
        "changed": merged.changed,
        "known already": merged.same,
        "kept out (they want no mail)": merged.held,
        "unsubscribed by the file": merged.silenced,
        "repeated in the file": merged.repeated,
        "bad": done.bad,
    }
    rest = "".join(f", {number:,} {what}" for what, number in parts.items() if number)
    verb = "would import" if dry_run else good("imported")
    terminal.say(f"{verb} {counted(merged.added, 'reader')}{rest}")
    if done.ignored:
        terminal.note(faint(f"columns that were not used: {', '.join(map(visible, done.ignored))}"))
