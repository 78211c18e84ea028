"""What a sending run did -> the report, for people and for machines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from publisher.cli.terminal import Terminal, counted, faint, place, strong, visible
from publisher.store.deliveries import Trouble
from publisher.store.outgoing import Outgoing
from publisher.work.accounts import INTERRUPTED, Account, Sent

_MOST = 20  # names of each kind; the rest stand in the report
_WORDS = {
    "sent": "sent",
    "failed": "failed for good",
    "deferred": "to be tried again",
    "unknown": "in doubt",
    "sending": "under way, or left by a run that was killed",
    "pending": "still to be sent",
    "skipped": "not readers any more",
}


def show(
    terminal: Terminal, done: Sent, found: Sequence[tuple[Outgoing, Trouble]], *, rehearsed: bool
) -> None:
    """One line for each issue on stdout; what went wrong on stderr."""
    if not done.accounts:
        terminal.say("nothing to send")
    for account in done.accounts:
        _line(terminal, done, account, rehearsed)
        _names(terminal, [each for issue, each in found if issue.id == account.issue.id])
    for issue in done.stale:
        late = f"publish send --newsletter {issue.newsletter} --issue {issue.day} --late"
        terminal.warn(f"{issue.name} is too old now to be sent by itself, and some never got it: {late}")
        terminal.warn("(unless an old backup was put back: then they may have it; see docs/recovery.md)")
    if done.stopped:
        terminal.warn(f"stopped: {visible(done.stopped)}")
    for remark in done.remarks:
        if remark not in done.stopped:
            terminal.warn(visible(remark))
    if done.code == 75 and not rehearsed:
        _advise(terminal, done)
    if done.code in {4, 75} and terminal.quiet and not rehearsed:
        _in_short(terminal, done)


def _advise(terminal: Terminal, done: Sent) -> None:
    if any(each.of("pending", "deferred") for each in done.accounts):
        terminal.note("run publish send again later: it goes on where it stopped")
    if done.stopped and done.stopped != INTERRUPTED:
        terminal.note("publish doctor asks every relay, with its login and TLS, and sends nothing")
    if any(each.of("unknown") for each in done.accounts):
        terminal.note("in doubt: whether it arrived nobody can know; --on-unknown resend sends it once more")


def _in_short(terminal: Terminal, done: Sent) -> None:
    """For cron: no exit code without a word on why, a line for each issue."""
    for account in done.accounts:
        if account.of("pending", "deferred", "failed", "unknown", "sending"):
            terminal.warn(
                f"{account.issue.name}: {', '.join(_parts(account))}; publish send --dry-run names them"
            )


def _parts(account: Account) -> list[str]:
    return [
        f"{account.states[state]:,} {words}" for state, words in _WORDS.items() if account.states.get(state)
    ]


def _line(terminal: Terminal, done: Sent, account: Account, rehearsed: bool) -> None:
    parts = _parts(account)
    if not account.issue.enrolled and rehearsed:
        parts = [f"would go to {counted(account.enrolled, 'reader')}"]
    text = f"{strong(account.issue.name)}: {', '.join(parts) or 'no readers'}"
    if done.seconds and (count := done.tally.get("sent", 0)):
        rate = f"{counted(count, 'mail')} in {done.seconds:,.1f} s, {count / done.seconds:,.0f}/s"
        text += f" {faint(f'({rate})')}"
    terminal.say(text)


def _names(terminal: Terminal, found: Iterable[Trouble]) -> None:
    """Who is in doubt is always named in full: only people can find out what happened there."""
    shown: dict[str, int] = {}
    for each in found:
        shown[each.state] = shown.get(each.state, 0) + 1
        if each.state == "unknown" or shown[each.state] <= _MOST:
            who = visible(each.address) or f"reader {each.subscriber}, forgotten since"
            said = visible(f"{each.code or ''} {each.reply}".strip())
            terminal.note(f"  {_WORDS[each.state]}: {place(who)} {faint(each.at)} {said}")
    for state, number in shown.items():
        if state != "unknown" and number > _MOST:
            terminal.note(f"  {_WORDS[state]}: and {number - _MOST:,} more; --report FILE names all")


def as_json(done: Sent, found: Iterable[tuple[Outgoing, Trouble]]) -> str:
    """The report as JSON; its form is kept as long as `schema` is 1."""
    table = {
        "schema": 1,
        "exit_code": done.code,
        "stopped": done.stopped,
        "remarks": done.remarks,
        "seconds": round(done.seconds, 3),
        "this_run": dict(done.tally),
        "issues": [
            {
                "newsletter": each.issue.newsletter,
                "date": each.issue.day.isoformat(),
                "enrolled": each.enrolled,
                "doubted": each.doubted,
                "states": dict(each.states),
            }
            for each in done.accounts
        ],
        "stale": [{"newsletter": each.newsletter, "date": each.day.isoformat()} for each in done.stale],
        "troubles": [
            {"newsletter": issue.newsletter, "date": issue.day.isoformat(), **asdict(trouble)}
            for issue, trouble in found
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"
