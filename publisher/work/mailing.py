"""A place and a day -> the digest: which articles, as HTML, as text, as a finished mail. Nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import compose, issue_of_day
from publisher.newsletter.render import Rendered, render
from publisher.newsletter.splice import SAMPLE, splice
from publisher.store.ledger import Issued, Ledger
from publisher.store.lock import hold
from publisher.work.compiling import compile_all
from publisher.work.issues import NEWSLETTER, Planned, due_since, recorded
from publisher.work.place import Place, with_content
from publisher.work.site import Arranged, Choice, arrange, template_environment


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest ready to look at or to send; `planned` tells whether it is recorded already."""

    planned: Planned
    rendered: Rendered
    moment: datetime


def make_digest(place: Place, now: datetime, day: date | None) -> Digest | None:
    """The digest of the local `day`, or what has appeared since the last issue; None when that is nothing.

    An issue that was recorded for today is given again as it was recorded.
    """
    with_content(place)
    arranged = arrange(place, compile_all(place).entries, Choice(now))
    planned = _of_day(place, arranged, day) if day else _since_last(place, arranged, now)
    issue = compose(planned.cards, planned.day, place.publication)
    if issue is None:
        return None
    rendered = render(issue, place.publication, template_environment(place))
    return Digest(planned, rendered, now)


def record_digest(place: Place, digest: Digest, deliver: Callable[[], None]) -> None:
    """Hand the digest over, then remember its articles, so that no later issue holds them again.

    `deliver` writes the files that were asked for. When it fails nothing is recorded.
    """
    with hold(place.state / "lock"):
        deliver()
        if digest.planned.row is None:
            _ledger(place).record(_row(place, digest))


def digest_mail(place: Place, digest: Digest, recipient: str) -> bytes:
    """The finished message to one reader. Raises PublishError where the configuration lacks a sender."""
    message = freeze(digest.rendered, place.publication, preview=True)
    return splice(message, replace(SAMPLE, address=recipient, date=digest.moment))


def _of_day(place: Place, arranged: Arranged, day: date) -> Planned:
    return Planned(day, issue_of_day(arranged.cards, day, place.publication.zone))


def _since_last(place: Place, arranged: Arranged, now: datetime) -> Planned:
    zone = place.publication.zone
    today = now.astimezone(zone).date()
    rows = _ledger(place).issues(NEWSLETTER)
    for row in rows:
        if row.day == today:
            return recorded(arranged.cards, row)
    return Planned(today, due_since(arranged.cards, rows, zone))


def _row(place: Place, digest: Digest) -> Issued:
    """All articles that were due belong to the issue, also those it only points to."""
    rows = _ledger(place).issues(NEWSLETTER)
    since = max((row.until for row in rows), default=None)
    articles = tuple(card.id for card in digest.planned.cards)
    return Issued(NEWSLETTER, digest.planned.day, since, digest.moment, digest.moment, articles)


def _ledger(place: Place) -> Ledger:
    return Ledger(place.state / "ledger.sqlite")
