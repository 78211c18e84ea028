"""`publish digest`: the newsletters' issues since the last ones, frozen; or what was published on a day."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import click

from publisher.cli.options import Moment, now_option, open_here, speaking
from publisher.cli.terminal import Terminal, faint, good, place, strong
from publisher.cli.terminal import counted as numbered
from publisher.errors import Problems, PublishError
from publisher.newsletter.editions import Edition, editions
from publisher.settings import Publication
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.store.mending import mend_clock
from publisher.work.issues import next_day
from publisher.work.mailing import (
    Desk,
    Digest,
    digest_mail,
    digest_of_day,
    freeze_digest,
    hand_over,
    next_digest,
    open_desk,
    withdraw_today,
)
from publisher.work.signing import signing

EXAMPLES = """\b
Examples:
  publish digest                              freeze what is due, for publish send
  publish digest --list                       what would be in it; nothing is written
  publish digest --newsletter weekly --early  freeze it before its day
  publish digest --anew                       an article was withdrawn: make today's once more
  publish digest --html mail.html --text mail.txt
  publish digest --date 2026-11-20 --eml mail.eml --to you@example.org"""


@click.command("digest", epilog=EXAMPLES)
@click.option("--newsletter", "name", metavar="NAME", help="Only this one (default: all that are due).")
@click.option("--early", is_flag=True, help="Also what is not due today (a weekly one).")
@click.option("--anew", is_flag=True, help="Freeze today's issue anew, if it has not gone out.")
@click.option(
    "--mend-clock", "clock", is_flag=True, help="A clock was ahead: issues of later days are of now."
)
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
    name: str | None,
    early: bool,
    anew: bool,
    clock: bool,
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
    """Make the newsletters: what was published since the last issue of each that went out.

    Each issue is frozen: its words never change again, and asking again on the same day gives the same
    bytes. It goes out by publish send, or here, as files; until then a later issue takes its articles.
    --date, --list and --dry-run freeze nothing. Nothing is sent.
    """
    here, instant = open_here(now, terminal)
    wanted = {part: path for part, path in (("html", html), ("text", text), ("eml", eml)) if path}
    chosen = _chosen(here.publication, name, alone=bool(wanted))
    if eml and not chosen[0].sender:
        raise PublishError("[newsletter]", "there is no sender", 'set sender = "news@your.domain"')
    desk = open_desk(here, instant)
    counted = not (day or dry_run or only_list)
    if clock and counted:
        _mend_clock(terminal, desk, chosen)

    def make(edition: Edition) -> bool:
        """Whether there is an issue of it."""
        if day:
            digest = digest_of_day(desk, edition, day.date())
        elif counted:
            if anew:
                withdraw_today(desk, edition)
            digest = freeze_digest(desk, edition, early=early, sendable=not wanted)
        else:
            digest = next_digest(desk, edition, early=early or bool(name))
        if digest.letter is None:
            _nothing(terminal, digest, day=bool(day))
        elif only_list or not (counted or wanted):
            _list(terminal, digest)
        elif wanted:
            _deliver(desk, digest, wanted, recipient, counted=counted)
            _report(terminal, digest, ", ".join(map(str, wanted.values())))
        else:
            row = digest.planned.row
            _report(terminal, digest, "frozen" if row and row.frozen_at == desk.now else "frozen already")
        return digest.letter is not None

    return 3 if not _each(chosen, make) and fail_if_empty else 0


def _mend_clock(terminal: Terminal, desk: Desk, chosen: Iterable[Edition]) -> None:
    for edition in chosen:
        if number := mend_clock(desk.place.state / "ledger.sqlite", edition.name, desk.now):
            terminal.note(f"{edition.name}: {numbered(number, 'issue')} of later days count as made now")


def _each(chosen: Iterable[Edition], make: Callable[[Edition], bool]) -> bool:
    """Whether any newsletter has an issue. One that fails does not keep the others from being made."""
    problems: list[PublishError] = []
    made = False
    for edition in chosen:
        try:
            made = make(edition) or made
        except PublishError as problem:
            problems.append(problem)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(single for each in problems for single in getattr(each, "problems", (each,)))
    return made


def _chosen(publication: Publication, name: str | None, *, alone: bool) -> tuple[Edition, ...]:
    """The newsletters that are asked for; one `alone`, where there is a file for one only."""
    known = {each.name: each for each in editions(publication)}
    if name is not None and name not in known:
        raise PublishError("--newsletter", f"there is no newsletter {name!r}", f"known: {', '.join(known)}")
    if name is None and alone and len(known) > 1:
        hint = f"add --newsletter NAME ({', '.join(known)})"
        raise PublishError("publish digest", "a file holds one newsletter, and there are several", hint)
    return (known[name],) if name else tuple(known.values())


def _deliver(
    desk: Desk, digest: Digest, wanted: dict[str, Path], recipient: str | None, *, counted: bool
) -> None:
    """Writes the files, all made before the first is written; then an issue that counts has gone out."""
    files = _files(desk, digest, wanted, recipient)

    def write() -> None:
        for path, content in files.items():
            with naming(path, "write it"):
                replace(path, content)

    if counted:
        hand_over(desk, digest, write)
    else:
        write()


def _files(desk: Desk, digest: Digest, wanted: dict[str, Path], recipient: str | None) -> dict[Path, bytes]:
    """What goes into which file."""
    files: dict[Path, bytes] = {}
    if digest.letter is None:
        return files
    if path := wanted.get("html"):
        files[path] = digest.letter.html.encode()
    if path := wanted.get("text"):
        files[path] = digest.letter.text.encode()
    if path := wanted.get("eml"):
        sender = digest.edition.sender
        sign = signing(desk.place, sender) if sender else None
        files[path] = digest_mail(digest, recipient or sender, sign)
    return files


def _nothing(terminal: Terminal, digest: Digest, *, day: bool) -> None:
    name = digest.edition.name
    if not digest.planned.due:
        then = next_day(digest.edition, digest.planned.day)
        terminal.note(f"{name}: not due today, but on {then} (--early makes it now)")
    elif day:
        terminal.note(f"{name}: nothing new on {digest.planned.day}: no digest")
    else:
        terminal.note(f"{name}: nothing new since the last issue: no digest")


def _list(terminal: Terminal, digest: Digest) -> None:
    if digest.letter is None:
        return
    told = f"{digest.edition.name} {digest.planned.day}"
    terminal.give(f"{strong(digest.letter.subject)} {faint(told)}\n")
    for card in digest.cards:
        terminal.give(f"  {card.date.strftime('%Y-%m-%d %H:%M')}  {card.title} {place(card.path)}\n")
    if digest.left_out:
        terminal.give(f"  and {digest.left_out} more on the site\n")


def _report(terminal: Terminal, digest: Digest, where: str) -> None:
    if digest.letter is None:
        return
    size = len(digest.letter.html.encode())
    issue = f"{digest.edition.name} of {digest.planned.day}"
    count = f"{len(digest.cards)} article{'s' * (len(digest.cards) != 1)}"
    terminal.say(f"{good('digest')} {issue}: {count}, {size:,} bytes of HTML -> {where}")
    if digest.left_out:
        terminal.note(
            f"{digest.left_out} articles are only linked: mail clients cut what is over 102,400 bytes"
        )
