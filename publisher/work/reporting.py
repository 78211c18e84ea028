"""A daily run in, a mail to the publication's owner out: once for each failure, and when it is mended.

cron mails what a program says; timers of systemd do not. What fails is told on stderr all the same, so this
mail may be missing: where the relay is what fails, nothing else could bring it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from publisher.errors import PublishError
from publisher.newsletter.mailbox import mailbox
from publisher.newsletter.text import shorten, tidy
from publisher.post.session import Mail
from publisher.store.diary import Outcome, Run
from publisher.store.reported import read_reported, write_reported
from publisher.work.place import Place
from publisher.work.relaying import relays
from publisher.work.running import try_out
from publisher.work.signing import signing

_TITLE = 80
_STOPPED = re.compile(r"^stopped: relay ", re.MULTILINE)
_TELLING = re.compile(r"^(?:error|stopped): .*", re.MULTILINE)
_ENDING = """\
This comes once for each failure, and once when it is mended; the next runs try again.
publish status and publish log tell more; docs/recovery.md tells what to do.
"""


@dataclass(frozen=True, slots=True)
class _News:
    """What is to be told: failures that are new, steps that work again; `names`: all failures there are."""

    failed: tuple[Outcome, ...]
    mended: tuple[str, ...]
    names: frozenset[str]


def report(place: Place, run: Run, environment: Mapping[str, str], now: datetime) -> str:
    """Mails to `daily.report` what is new of this run; why that could not be, or ''."""
    file = place.state / "reported.json"
    if not place.publication.daily.report:
        return ""
    news = _news(run, read_reported(file))
    if not (news.failed or news.mended):
        return ""
    if _is_relays(run):
        return "no mail was sent of it, as it is the relay that fails"
    try:
        try_out(relays(place, environment), _mail(place, run, news, now))
        write_reported(file, news.names)
    except PublishError as error:
        return f"no mail could be sent of it: {error}"
    return ""


def _news(run: Run, told: frozenset[str]) -> _News:
    """A step that was left out for another's sake has not failed by itself, and is not mended either."""
    failed = {_name(each): each for each in run.outcomes if each.code}
    left_out = {each.step for each in run.outcomes if each.code is None}
    unwell = left_out | {each.step for each in failed.values()}
    fresh = tuple(each for name, each in failed.items() if name not in told)
    mended = sorted({step for name in told if (step := name.split()[0]) not in unwell})
    waiting = {name for name in told if name.split()[0] in left_out}
    return _News(fresh, tuple(mended), frozenset(failed.keys() | waiting))


def _name(outcome: Outcome) -> str:
    """The same for the same failure on another day: its numbers are left out."""
    said = " ".join(sorted(set(_TELLING.findall(outcome.said))))
    return f"{outcome.step} {outcome.code} {re.sub(r'[0-9]+', '#', said)[:500]}".strip()


def _is_relays(run: Run) -> bool:
    return any(each.step == "send" and _STOPPED.search(each.said) for each in run.outcomes)


def _mail(place: Place, run: Run, news: _News, now: datetime) -> Mail:
    """Raises PublishError where there is no sender."""
    publication = place.publication
    if not publication.newsletter.sender:
        raise PublishError("[newsletter]", "there is no sender", 'set sender = "news@your.domain"')
    sender = mailbox(publication.newsletter.sender, "[newsletter] sender")
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = f"publish <{sender}>"
    message["To"] = publication.daily.report
    what = "publish daily failed" if news.failed else "publish daily works again"
    message["Subject"] = f"{what}: {shorten(tidy(publication.title), _TITLE)}"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(_lines(place, run, news)) + "\n" + _ENDING)
    raw = message.as_bytes()
    sign = signing(place, sender)
    return Mail(sender, publication.daily.report, sign(raw) if sign else raw)


def _lines(place: Place, run: Run, news: _News) -> Iterator[str]:
    yield f"{place.root.resolve()}, {run.begun.isoformat(' ', 'seconds')}\n"
    for each in news.failed:
        yield f"publish {each.step} (exit code {each.code}): {each.said}\n"
    for each in run.outcomes:
        if news.failed and each.code is None:
            yield f"publish {each.step}: {each.said}\n"
    for step in news.mended:
        yield f"publish {step} works again\n"
