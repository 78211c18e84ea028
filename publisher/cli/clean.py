"""`publish clean`: the filter. Dirty text in, clean text out."""

import sys
from pathlib import Path

import click

from publisher.cli.findings import Located, as_text
from publisher.cli.options import open_here, speaking, strict_option
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, good
from publisher.errors import PublishError
from publisher.settings import Publication
from publisher.work.cleaning import Filtered, filter_folder, filter_text, read_text
from publisher.work.compiling import cores

EXAMPLES = """\b
Examples:
  publish clean scraped.txt > clean.md
  curl -s https://example.org/a.md | publish clean -
  publish clean --front-matter scraped.txt
  publish clean --strict --in scraped --out content/inbox"""


@click.command("clean", epilog=EXAMPLES)
@click.argument("file", required=False, default="-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--in", "source", type=click.Path(path_type=Path), help="Clean every article of this folder …")
@click.option("--out", "target", type=click.Path(path_type=Path), help="… into this one, names unchanged.")
@click.option("--front-matter", is_flag=True, help="Write title, author, date, source into front matter.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one for each core.")
@strict_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    file: Path,
    source: Path | None,
    target: Path | None,
    front_matter: bool,
    jobs: int,
    strict: bool,
) -> int:
    """Filter one text (FILE, or - for standard input), or a folder of them.

    Needs no publication; in one, its [clean] settings count. A text without front matter gets none,
    unless asked for: its title stays its first line. -v tells on stderr what was taken out.
    """
    publication = open_here(None, terminal, strict=strict)[0].publication
    if source or target:
        return _folder(terminal, (source, target), publication, front_matter, jobs or cores())
    name = "stdin" if str(file) == "-" else str(file)
    filtered = filter_text(read_text(name, _bytes(file)), publication, front_matter)
    terminal.give(filtered.text)
    _tell(terminal, filtered)
    return 0


def _folder(
    terminal: Terminal,
    folders: tuple[Path | None, Path | None],
    publication: Publication,
    front_matter: bool,
    jobs: int,
) -> int:
    source, target = folders
    if source is None or target is None:
        raise click.UsageError("--in and --out go together")
    with progress(terminal) as bar:
        done = filter_folder((source, target), publication, front_matter, jobs, bar)
    lines = sum(
        len(f.lines) for each in done for f in each.findings if f.applied and f.edit and not f.edit.texts
    )
    for each in done:
        _tell(terminal, each)
    terminal.note(f"{good('cleaned')} {len(done)} texts into {target}; {lines} lines taken out")
    return 0


def _tell(terminal: Terminal, filtered: Filtered) -> None:
    if terminal.verbose and filtered.findings:
        located = tuple(Located(filtered.path, finding, False) for finding in filtered.findings)
        terminal.note(as_text(located).rstrip("\n"))


def _bytes(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise PublishError(str(file), f"cannot be read: {error.strerror}") from error
