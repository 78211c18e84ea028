"""`publish digest`: the newsletter since the last issue, or of a day."""

from datetime import datetime
from pathlib import Path

import click

from publisher.cli.options import Moment, now_option, open_here, speaking
from publisher.cli.terminal import Terminal, faint, good, place, strong
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.work.mailing import Digest, digest_mail, make_digest, record_digest
from publisher.work.place import Place

EXAMPLES = """\b
Examples:
  publish digest --list
  publish digest --html mail.html --text mail.txt
  publish digest --date 2026-11-20 --eml mail.eml --to you@example.org"""


@click.command("digest", epilog=EXAMPLES)
@click.option("--date", "day", type=Moment(), metavar="DAY", help="The articles of this local day.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the HTML part here.")
@click.option("--text", type=click.Path(path_type=Path), help="Write the plain text here.")
@click.option("--eml", type=click.Path(path_type=Path), help="Write a finished message here.")
@click.option("--to", "recipient", metavar="ADDRESS", help="Whom the message is for (default: the sender).")
@click.option("--list", "only_list", is_flag=True, help="Only say which articles it holds.")
@click.option("--dry-run", is_flag=True, help="Write files, but do not count this as an issue.")
@click.option("--fail-if-empty", is_flag=True, help="Exit 3 when there is nothing new.")
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    day: datetime | None,
    html: Path | None,
    text: Path | None,
    eml: Path | None,
    recipient: str | None,
    only_list: bool,
    dry_run: bool,
    fail_if_empty: bool,
    now: datetime | None,
) -> int:
    """Make the newsletter: what was published since the last issue, or on a day.

    Files that are written without --date or --dry-run make it an issue: no later one holds its
    articles again, and asking again on the same day gives the same issue. Nothing is sent.
    """
    here, instant = open_here(now, terminal)
    digest = make_digest(here, instant, day.date() if day else None)
    if digest is None:
        terminal.note(
            f"nothing new {'on ' + day.date().isoformat() if day else 'since the last issue'}: no digest"
        )
        return 3 if fail_if_empty else 0
    files = _files(here, digest, {"html": html, "text": text, "eml": eml}, recipient)
    if only_list or not files:
        _list(terminal, digest)
        return 0

    def deliver() -> None:
        for path, content in files.items():
            with naming(path, "write it"):
                replace(path, content)

    if day or dry_run:
        deliver()
    else:
        record_digest(here, digest, deliver)
    _report(terminal, digest, tuple(files))
    return 0


def _files(
    here: Place, digest: Digest, paths: dict[str, Path | None], recipient: str | None
) -> dict[Path, bytes]:
    """What goes into which file; all of it is made before the first is written."""
    files: dict[Path, bytes] = {}
    if path := paths["html"]:
        files[path] = digest.rendered.html.encode()
    if path := paths["text"]:
        files[path] = digest.rendered.text.encode()
    if path := paths["eml"]:
        files[path] = digest_mail(here, digest, recipient or here.publication.newsletter.sender)
    return files


def _list(terminal: Terminal, digest: Digest) -> None:
    issue = digest.rendered.issue
    terminal.give(f"{strong(issue.subject)} {faint(issue.date.isoformat())}\n")
    for card in issue.cards:
        terminal.give(f"  {card.date.strftime('%Y-%m-%d %H:%M')}  {card.title} {place(card.path)}\n")
    if issue.left_out:
        terminal.give(f"  and {issue.left_out} more on the site\n")


def _report(terminal: Terminal, digest: Digest, files: tuple[Path, ...]) -> None:
    issue = digest.rendered.issue
    names = ", ".join(map(str, files))
    size = len(digest.rendered.html.encode())
    terminal.say(
        f"{good('digest')} of {issue.date}: {len(issue.cards)} articles, {size:,} bytes of HTML -> {names}"
    )
    if issue.left_out:
        terminal.note(
            f"{issue.left_out} articles are only linked: mail clients cut what is over 102,400 bytes"
        )
