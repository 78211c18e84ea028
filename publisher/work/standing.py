"""A publication's state folder -> how it stands: its last issues, its readers, the unattended runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from publisher.audience.subscriber import State
from publisher.newsletter.editions import editions
from publisher.schedule.moments import coming
from publisher.store.bursts import Held
from publisher.store.census import count
from publisher.store.deliveries import counts
from publisher.store.diary import Run, read_runs
from publisher.store.ledger_file import exists
from publisher.store.outgoing import Outgoing, outgoing, readers_of
from publisher.store.transactions import reading
from publisher.work.place import Place


@dataclass(frozen=True, slots=True)
class Despatch:
    """An issue and its mails by their state. `readers`: how many it would have, before it is sent."""

    newsletter: str
    day: date
    frozen_at: datetime
    standing: str
    mails: Mapping[str, int]
    readers: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a publication stands. `last` is the latest run of `publish daily`, `next` when it is due again.

    `built` is when the site was written last; `despatches` are the latest issue of each newsletter; `held`
    counts the sign-ups that wait for a burst of them to be over.
    """

    built: datetime | None
    despatches: tuple[Despatch, ...]
    readers: Mapping[State, int]
    suppressed: int
    held: int
    last: Run | None
    next: datetime


def standing(place: Place, now: datetime) -> Standing:
    """Nothing is written. Raises PublishError for a ledger that is damaged."""
    ledger = place.state / "ledger.sqlite"
    census = count(ledger)
    runs = read_runs(place.state / "daily.jsonl")
    latest = {each.newsletter: each for each in despatches(place) if each.standing != "superseded"}
    order = {each.name: number for number, each in enumerate(editions(place.publication))}
    return Standing(
        built=_written(place.output / ".publish.json", now),
        despatches=tuple(sorted(latest.values(), key=lambda each: order.get(each.newsletter, len(order)))),
        readers=census.states,
        suppressed=census.suppressed,
        held=sum(Held(ledger).by_domain().values()),
        last=runs[-1] if runs else None,
        next=next(coming(now, place.publication.daily.time, place.publication.zone)),
    )


def despatches(place: Place) -> Iterator[Despatch]:
    """Every issue by newsletter, the oldest first."""
    ledger = place.state / "ledger.sqlite"
    if not exists(ledger):
        return
    with reading(ledger) as db:
        for issue in outgoing(db):
            mails = counts(db, issue.id)
            readers = 0 if issue.enrolled else readers_of(db, issue.newsletter)
            yield Despatch(
                issue.newsletter, issue.day, issue.frozen_at, _stands(issue, mails), mails, readers
            )


def _stands(issue: Outgoing, mails: Mapping[str, int]) -> str:
    if issue.superseded:
        return "superseded"
    if not issue.enrolled:
        return "not sent yet" if issue.mailed else "without a mail"
    if issue.open:
        return "in doubt" if not {"pending", "deferred"} & mails.keys() else "being sent"
    return "sent"


def _written(file: Path, now: datetime) -> datetime | None:
    return datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo) if file.exists() else None
