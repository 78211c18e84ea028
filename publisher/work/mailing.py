"""A place and a moment -> the issues of its newsletters: planned, rendered, frozen, given to files.

Nothing is sent here. An issue is frozen before anything of it is given away, so that whatever happens
afterwards, asking again gives the same bytes.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from jinja2 import Environment

from publisher.errors import Locked, PublishError
from publisher.model import Card
from publisher.newsletter.editions import Edition
from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import compose, issue_of_day
from publisher.newsletter.note import Note, note_for
from publisher.newsletter.render import Rendered, render
from publisher.newsletter.splice import specimen, splice
from publisher.newsletter.view import letter as seen_by_templates
from publisher.store.ledger import Issued, Ledger, Letter
from publisher.templating import fill
from publisher.work.compiling import compile_all
from publisher.work.issues import Planned, plan, standing
from publisher.work.place import Place, naming_files, with_content
from publisher.work.signing import Sign
from publisher.work.site import Arranged, Choice, arrange, template_environment

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that issues are made from, at one moment."""

    place: Place
    arranged: Arranged
    made: Environment
    now: datetime

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.place.state / "ledger.sqlite")

    def cards(self, edition: Edition) -> tuple[Card, ...]:
        """The articles that belong to a newsletter."""
        spoken = self.place.publication.language
        return tuple(card for card in self.arranged.cards if edition.holds(card, spoken))


@dataclass(frozen=True, slots=True)
class Digest:
    """An issue ready to look at. `letter` is None if it is not due, or there is nothing for it.

    With `planned.row` it is frozen. `cards` are the articles it shows, the lead first; `left_out` counts
    those it only points to. `seen` are the newsletter's issues on which it is founded.
    """

    edition: Edition
    planned: Planned
    moment: datetime
    letter: Letter | None = None
    cards: tuple[Card, ...] = ()
    left_out: int = 0
    seen: tuple[Issued, ...] = ()


def open_desk(place: Place, now: datetime) -> Desk:
    """Every article as of `now`. Raises Problems for articles that cannot be used."""
    with_content(place)
    compiled = compile_all(place)
    arranged = arrange(place, compiled.entries, Choice(now), notes=compiled.notes)
    return Desk(place, arranged, template_environment(place), now)


def next_digest(desk: Desk, edition: Edition, *, early: bool) -> Digest:
    """Today's issue, frozen or not; `early`: also if it is not due.

    Raises PublishError when the last issue is later than now.
    """
    seen = desk.ledger.issues(edition.name)
    planned = plan(desk.cards(edition), seen, edition, desk.now, desk.place.publication.zone)
    if planned.row and (letter := desk.ledger.letter(planned.row.id)):
        return Digest(edition, planned, planned.row.frozen_at, letter, planned.cards, 0, seen)
    if not (planned.due or early):
        return Digest(edition, planned, desk.now)
    return replace(_composed(desk, edition, planned, preview=True), seen=seen)


def withdraw_today(desk: Desk, edition: Edition) -> None:
    """Takes back today's frozen issue, so that it is made anew. Raises PublishError if it has gone out."""
    day = desk.now.astimezone(desk.place.publication.zone).date()
    row = standing(desk.ledger.issues(edition.name), day)
    if row and not desk.ledger.withdraw(row.id):
        hint = "what is said to readers stays; what came later is in the next issue"
        raise PublishError(f"newsletter {edition.name}", f"its issue of {day} has gone out already", hint)


def digest_of_day(desk: Desk, edition: Edition, day: date) -> Digest:
    """What was published on a local day; it is no issue and never becomes one."""
    cards = issue_of_day(desk.cards(edition), day, desk.place.publication.zone)
    return _composed(desk, edition, Planned(day, cards), preview=True)


def freeze_digest(desk: Desk, edition: Edition, *, early: bool, sendable: bool) -> Digest:
    """Today's issue, in the ledger from now on; one that is there is given as it is.

    `early`: also if it is not due. `sendable`: it has to be fit for sending, so a sender and a way to leave
    are demanded. Raises PublishError for those, and as `next_digest`; Locked when another program keeps
    changing the ledger.
    """
    for _ in range(_TRIES):
        digest = next_digest(desk, edition, early=early)
        if digest.planned.row or digest.letter is None:
            return digest
        if sendable and not digest.letter.message:
            digest = replace(digest, letter=_composed(desk, edition, digest.planned, preview=False).letter)
        if row := _record(desk, digest):
            return replace(digest, planned=replace(digest.planned, row=row))
    raise Locked(str(desk.place.state / "ledger.sqlite"), "another program keeps changing it", "try again")


def hand_over(desk: Desk, digest: Digest, deliver: Callable[[], None]) -> None:
    """Gives a frozen issue to files by `deliver`, then notes that it went out."""
    deliver()
    row = digest.planned.row
    if row and not desk.ledger.hand_over(row.id, desk.now):
        message = f"the issue of {row.day} was superseded while its files were written"
        raise PublishError(f"newsletter {row.newsletter}", message, "its articles are in the later one")


def digest_mail(digest: Digest, recipient: str, sign: Sign | None = None) -> bytes:
    """The finished message to one reader; without a sender there is none, and nothing comes out."""
    if digest.letter is None:
        return b""
    message = digest.letter.message or digest.letter.draft
    if not message:
        return b""
    raw = splice(message, specimen(recipient, digest.edition.sender, digest.moment))
    return sign(raw) if sign else raw


def _composed(desk: Desk, edition: Edition, planned: Planned, *, preview: bool) -> Digest:
    publication = desk.place.publication
    issue = compose(planned.cards, planned.day, publication, edition, _note(desk, edition, planned))
    if issue is None:
        return Digest(edition, planned, desk.now)
    rendered = render(issue, publication, desk.made)
    letter = _letter(desk, rendered, preview=preview)
    return Digest(edition, planned, desk.now, letter, rendered.issue.cards, rendered.issue.left_out)


def _note(desk: Desk, edition: Edition, planned: Planned) -> Note:
    """What the editor wrote for the issue. Raises PublishError for a lead that it does not hold.

    A file for several newsletters may name a lead that only some of them hold.
    """
    with naming_files(desk.place):
        note = note_for(desk.arranged.notes, edition.name, planned.day)
        if note.common and len(desk.place.publication.newsletters) > 1:
            note.leading(desk.arranged.cards)
            return note.fitting(planned.cards)
        if planned.cards:
            note.leading(planned.cards)
    return note


def _letter(desk: Desk, rendered: Rendered, *, preview: bool) -> Letter:
    """What the ledger keeps. A `preview` may lack sender and way to leave, and is not sendable then."""
    issue, publication = rendered.issue, desk.place.publication
    sendable = not preview or bool(issue.edition.sender and rendered.ways.unsubscribe)
    draft = freeze(rendered, publication, preview=True) if issue.edition.sender and not sendable else b""
    image = issue.lead.image or issue.lead.preview
    shown = {"letter": seen_by_templates(issue, publication, web=True)}
    return Letter(
        title=issue.title,
        language=issue.edition.language,
        subject=issue.subject,
        preheader=issue.preheader,
        lead=issue.lead.title,
        message=freeze(rendered, publication) if sendable else b"",
        draft=draft,
        html=rendered.html,
        text=rendered.text,
        page=rendered.web,
        feed=fill(desk.made, "newsletter/feed.html", shown),
        image=json.dumps(asdict(image), ensure_ascii=False) if image else "",
    )


def _record(desk: Desk, digest: Digest) -> Issued | None:
    """All articles that were due belong to the issue, also those it only points to."""
    if digest.letter is None:
        return None
    articles = tuple(card.id for card in digest.planned.cards)
    name, planned = digest.edition.name, digest.planned
    issued = Issued(name, planned.day, planned.since, desk.now, desk.now, articles)
    return desk.ledger.freeze(issued, digest.letter, digest.seen)
