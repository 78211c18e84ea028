"""`publish send`: the newest issue to its readers, from a ledger that loses nothing and doubles nothing."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from publisher.cli.options import Moment, now_option, open_here, speaking
from publisher.cli.progress import progress
from publisher.cli.sent import as_json, show
from publisher.cli.terminal import Terminal, counted
from publisher.errors import PublishError
from publisher.store.atomic import replace as write
from publisher.store.deliveries import State
from publisher.store.failures import naming
from publisher.work.accounts import Sent, Wish
from publisher.work.choosing import Asked
from publisher.work.relaying import relays
from publisher.work.sending import send, send_test, survey, troubles_of

EXAMPLES = """\b
Examples:
  publish send --test you@example.org
  publish send --dry-run
  publish digest && publish send --yes
  publish send --issue 2026-11-20 --on-unknown resend --yes

\b
A relay in publish.toml, its password in PUBLISH_RELAY_MAIN_PASSWORD:
  [relays.main]
  host = "smtp.example.org"
  user = "news\""""

_REDRAW = 0.1  # seconds


@click.command("send", epilog=EXAMPLES)
@click.option("--newsletter", default="", metavar="NAME", help="Only this newsletter (default: all).")
@click.option("--issue", "day", type=Moment(), metavar="DAY", help="The issue of this local day.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many mails.")
@click.option("--test", "address", metavar="ADDRESS", help="Send it to this address only, as a test.")
@click.option("--dry-run", is_flag=True, help="Tell what would be sent, and to how many; send nothing.")
@click.option("--late", is_flag=True, help="Also an issue that is older than sending.max_age.")
@click.option(
    "--on-unknown",
    type=click.Choice(["hold", "resend"]),
    help="Mails of which nobody knows whether they arrived (default: sending.on_unknown).",
)
@click.option("--retry-failed", is_flag=True, help="Try again what had failed for good.")
@click.option("--wait", is_flag=True, help="Stay until deferred mails are through, or given up.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--report", "file", type=click.Path(path_type=Path), help="Write who failed, and why (JSON).")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="For stdout.")
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    newsletter: str,
    day: datetime | None,
    limit: int | None,
    address: str | None,
    dry_run: bool,
    late: bool,
    on_unknown: Literal["hold", "resend"] | None,
    retry_failed: bool,
    wait: bool,
    yes: bool,
    file: Path | None,
    output_format: str,
    now: datetime | None,
) -> int:
    """Send the newsletter: the newest issue to each of its readers, once.

    The first time, its readers are fixed; every later run sends only what is still to be sent. A run may
    be interrupted, killed, or lose its server at any time: run it again. Mails of which nobody can know
    whether they arrived are named, and held unless you say resend.

    Exit codes: 0 everybody has it, 4 some cannot be reached or the issue is too old for them, 5 another run
    is sending, 75 some still wait or are in doubt: run it again, 130 interrupted.
    """
    here, instant = open_here(now, terminal)
    asked = Asked(newsletter, day.date() if day else None, late)
    if address:
        answer = send_test(here, asked, address, instant, relays(here, os.environ))
        terminal.say(f"sent to {address}: {answer}")
        return 0
    if retry_failed and not day:
        raise click.UsageError("--retry-failed needs --issue DAY: which issue?")
    wish = Wish(asked, limit or 0, on_unknown or here.publication.sending.on_unknown, wait, retry_failed)
    done = survey(here, asked, instant)
    if not dry_run and _something(done, wish):
        # Before anybody is asked: a yes is not for a password that is missing.
        through = relays(here, os.environ)
        if not yes and not _ask(done, limit):
            terminal.note("nothing was sent")
            return 0
        with progress(terminal) as bar:
            done = send(here, wish, instant, through, _Meter(bar, done, limit).show)
    found = list(troubles_of(here, done))
    if file:
        with naming(file, "write the report"):
            write(file, as_json(done, found).encode())
    if output_format == "json":
        terminal.give(as_json(done, found))
    else:
        show(terminal, done, found, rehearsed=dry_run)
    return 0 if dry_run else done.code


def _something(before: Sent, wish: Wish) -> bool:
    """Whether there are rows to work on, or to put in order."""
    states: set[State] = {"sending"}
    states |= {"unknown"} if wish.on_unknown == "resend" else set()
    states |= {"failed"} if wish.retry else set()
    return any(each.waiting or each.of(*states) for each in before.accounts)


def _ask(before: Sent, limit: int | None) -> bool:
    """On a terminal; elsewhere --yes is the only yes."""
    if not sys.stdin.isatty():
        raise PublishError("publish send", "mail cannot be called back, so it needs a yes", "--yes")
    for each in before.accounts:
        click.echo(f"{each.issue.name}: {counted(each.waiting, 'mail')}", err=True)
    question = f"Send at most {limit:,} of them?" if limit else "Send?"
    return click.confirm(question, err=True)


class _Meter:
    """Tells the progress bar how many there are, and how fast."""

    def __init__(self, bar: Callable[[str, int, int], None], before: Sent, limit: int | None) -> None:
        self._bar = bar
        self._total = min(sum(each.waiting for each in before.accounts), limit or sys.maxsize)
        self._begun = self._drawn = time.monotonic()

    def show(self, tally: Counter[State]) -> None:
        now = time.monotonic()
        if now - self._drawn >= _REDRAW:
            self._drawn = now
            done = tally.total()
            self._bar(f"sending, {done / (now - self._begun):,.0f}/s", done, self._total)
