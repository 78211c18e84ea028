"""`publish bounces`: what came back, and whom no mail reaches any more."""

import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import click

from publisher.cli.options import now_option, open_here, speaking
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, counted, faint, good, visible
from publisher.errors import PublishError, Unavailable
from publisher.work.returning import Sifted, sift_mailbox, sift_pipe

EXAMPLES = """\b
Examples:
  publish bounces                              the mailbox of [bounces]
  publish bounces maildir:/var/mail/bounces --dry-run -v
  publish bounces - < bounce.eml               one mail from a pipe
  b: "|publish -C /srv/letter bounces -"       in Postfix's table of aliases

\b
In publish.toml:
  [bounces]
  mailbox = "imap://bounces@mail.example.org"  password: PUBLISH_BOUNCES_PASSWORD"""

_WORDS = {
    "bounced": "bounced for good",
    "complained": "complained",
    "counted": "counted",
    "known": "known before",
    "gone": "of readers who were forgotten",
    "unproven": "not proven to be ours",
    "none": "no bounces",
    "unread": "could not be read",
}
_ENVELOPE = ("ORIGINAL_RECIPIENT", "RECIPIENT")  # Postfix, Exim and qmail tell a pipe by these


@click.command("bounces", epilog=EXAMPLES)
@click.argument("mailbox", required=False, default="")
@click.option("--dry-run", is_flag=True, help="Say what would be done; change neither ledger nor mailbox.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@click.option(
    "--recipient", metavar="ADDRESS", multiple=True, help="For `-`: whom the envelope was addressed to."
)
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    mailbox: str,
    dry_run: bool,
    output_format: str,
    recipient: tuple[str, ...],
    now: datetime | None,
) -> int:
    """Read bounces and complaints from MAILBOX (default: the configured one; `-`: one mail from stdin).

    A reader whose address is no more, or who complained, gets no more mail; refusals for policy change
    nothing. Only what is proven to be about our own mail counts, and once, however often it is read.
    Mails that are not ours, or not understood, stay where they are.

    With `-` the exit code is 0 or 75, so that a mail system neither loses the mail nor sends it back;
    what was not understood is kept in .publish/bounces.
    """
    if mailbox == "-":
        return _pipe(terminal, recipient, now, dry_run)
    here, instant = open_here(now, terminal)
    done = _told(terminal, sift_mailbox(here, mailbox, os.environ, instant, dry_run))
    if output_format == "json":
        terminal.give(json.dumps(_table(done), ensure_ascii=False, indent=2) + "\n")
    else:
        _report(terminal, done, dry_run)
    return 0


def _pipe(terminal: Terminal, recipients: tuple[str, ...], now: datetime | None, rehearse: bool) -> int:
    """Whatever goes wrong, even here, is for the mail system to try again."""
    envelope = (*recipients, *(os.environ.get(name, "") for name in _ENVELOPE))
    try:
        here, instant = open_here(now, terminal)
        found = sift_pipe(here, sys.stdin.buffer, envelope, instant, rehearse)
    except PublishError as error:
        click.echo(f"error: {error}", err=True)
        return Unavailable.exit_code
    except Exception:
        traceback.print_exc()
        return Unavailable.exit_code
    if terminal.verbose:
        terminal.note(_line(found))
    return 0


def _told(terminal: Terminal, found: Iterator[Sifted]) -> tuple[Sifted, ...]:
    """All of them; meanwhile a line on each, or a bar."""
    done: list[Sifted] = []
    with progress(terminal) as bar:
        for each in found:
            done.append(each)
            if terminal.verbose:
                terminal.note(_line(each))
            elif each.of:
                bar("mails", len(done), each.of)
    return tuple(done)


def _line(each: Sifted) -> str:
    verdict = each.verdict
    if verdict is None:
        return f"{visible(each.name)}: {_WORDS[each.effect]}"
    who = f"reader {verdict.returned.subscriber}" if verdict.returned else "nobody proven"
    said = " ".join(filter(None, (verdict.status, verdict.detail)))
    return f"{visible(each.name)}: {verdict.kind}, {who}, {_WORDS[each.effect]} {faint(visible(said))}"


def _report(terminal: Terminal, done: Sequence[Sifted], rehearsed: bool) -> None:
    if not done:
        terminal.say("No mail to read")
        return
    effects = Counter[str](each.effect for each in done)
    parts = ", ".join(f"{effects[name]:,} {words}" for name, words in _WORDS.items() if effects[name])
    left = sum(not each.settled for each in done)
    rest = f"; {counted(left, 'mail')} left where {'it is' if left == 1 else 'they are'}" if left else ""
    verb = "Would be read" if rehearsed else "Read"
    terminal.say(f"{good(verb)}  {counted(len(done), 'mail')}: {parts}{rest}")


def _table(done: Sequence[Sifted]) -> dict[str, Any]:
    return {
        "schema": 1,
        "mails": len(done),
        "effects": dict(Counter(each.effect for each in done)),
        "kinds": dict(Counter(each.verdict.kind for each in done if each.verdict)),
        "each": [_row(each) for each in done],
    }


def _row(each: Sifted) -> dict[str, Any]:
    verdict = each.verdict
    returned = verdict.returned if verdict else None
    return {
        "mail": each.name,
        "effect": each.effect,
        "settled": each.settled,
        "kind": verdict.kind if verdict else None,
        "issue": returned.issue if returned else None,
        "subscriber": returned.subscriber if returned else None,
        "status": verdict.status if verdict else "",
        "detail": verdict.detail if verdict else "",
    }
