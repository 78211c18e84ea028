"""The issues in the ledger, and what was asked for -> those that are to be sent now. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from publisher.errors import PublishError
from publisher.store.outgoing import Outgoing

_DIGEST = "publish digest makes one"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which issue: of a newsletter ('': of all), of a local day (None: what is due); `late`: however old."""

    newsletter: str = ""
    day: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """Issues to send; `stale` ones have readers who never got them, and are too old by now."""

    issues: tuple[Outgoing, ...]
    stale: tuple[Outgoing, ...] = ()


def choose(issues: Iterable[Outgoing], asked: Asked, now: datetime, max_age: timedelta) -> Chosen:
    """What there is to send. Raises PublishError for an issue that was asked for and cannot be sent."""
    own = tuple(each for each in issues if asked.newsletter in {"", each.newsletter})
    if asked.day:
        return Chosen(tuple(_sendable(each, asked, now, max_age) for each in _of_day(own, asked)))
    if asked.newsletter and not own:
        raise PublishError("publish send", f"there is no issue of {asked.newsletter!r}", _DIGEST)
    due = [each for _, group in groupby(own, lambda each: each.newsletter) for each in _due(tuple(group))]
    fresh = tuple(each for each in due if asked.late or now - each.frozen_at <= max_age)
    return Chosen(fresh, tuple(each for each in due if each not in fresh))


def newest(issues: Iterable[Outgoing], asked: Asked) -> Outgoing:
    """The one issue to try out. Raises PublishError where there is none, or more than one newsletter."""
    own = [each for each in issues if asked.newsletter in {"", each.newsletter}]
    own = [each for each in own if each.mailed and not each.superseded and asked.day in {None, each.day}]
    if not own:
        raise PublishError("publish send", "there is no such issue", _DIGEST)
    names = sorted({each.newsletter for each in own})
    if len(names) > 1:
        raise PublishError("publish send", "which newsletter?", f"--newsletter {' or '.join(names)}")
    return own[-1]


def _due(issues: tuple[Outgoing, ...]) -> list[Outgoing]:
    """Of one newsletter: what was begun and is not done; and the last one, if it was not begun yet."""
    able = [each for each in issues if each.mailed and not each.superseded]
    return [each for each in able if (each.open if each.enrolled else each is able[-1])]


def _of_day(issues: tuple[Outgoing, ...], asked: Asked) -> list[Outgoing]:
    found = [each for each in issues if each.day == asked.day]
    if not found:
        of = f" of {asked.newsletter}" if asked.newsletter else ""
        days = ", ".join(str(each.day) for each in issues[-3:])
        hint = f"the last are of {days}" if days else _DIGEST
        raise PublishError("publish send", f"there is no issue{of} of {asked.day}", hint)
    # A day's issue may have been made anew; what it replaced does not count.
    return [each for each in found if not each.superseded] or found


def _sendable(issue: Outgoing, asked: Asked, now: datetime, max_age: timedelta) -> Outgoing:
    if issue.superseded:
        hint = "its articles are in a later one"
        raise PublishError("publish send", f"the issue {issue.name} was superseded", hint)
    if not issue.mailed:
        hint = "when it was frozen, a sender or a way to leave was missing in the configuration"
        raise PublishError("publish send", f"the issue {issue.name} has no mail that may be sent", hint)
    if not asked.late and now - issue.frozen_at > max_age:
        hours = int((now - issue.frozen_at) / timedelta(hours=1))
        message = f"the issue {issue.name} is {hours} hours old"
        raise PublishError("publish send", message, "--late sends it nevertheless")
    return issue
