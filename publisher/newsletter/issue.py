"""Cards of articles in -> today's issue out: what it holds, in which order, under which subject.

No clock, no disk: the caller brings the day, and the moments between which articles are due.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from publisher.config.placeholders import fill
from publisher.errors import PublishError
from publisher.model import Card
from publisher.newsletter.editions import Edition, editions
from publisher.newsletter.note import NOTHING, Note, Sponsor
from publisher.newsletter.text import shorten, tidy
from publisher.settings import Order, Publication
from publisher.site.terms import fold
from publisher.site.words import words

_SUBJECT = 120
_PREHEADER = 110
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of one section, newest first. `name` is empty for articles without a section."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a newsletter. `date` is local to the publication; `url` (site-relative) is its web page.

    `left_out` counts the due articles that only the site shows. `intro_html` is the editor's own text for
    this issue, sanitised and well-formed as XML, `intro` the same as lines of plain text.
    """

    date: date
    subject: str
    preheader: str
    title: str
    intro: str
    lead: Card
    groups: tuple[Group, ...]
    url: str
    left_out: int
    edition: Edition
    intro_html: str = ""
    sponsor: Sponsor | None = None

    @property
    def cards(self) -> tuple[Card, ...]:
        """The lead, then all others in the order in which they are shown."""
        return (self.lead, *(card for group in self.groups for card in group.cards))

    def shortened(self, items: int) -> "Issue":
        """The same issue with only the first `items` stories after the lead; the rest is left out."""
        groups: list[Group] = []
        for group in self.groups:
            kept = group.cards[:items]
            items -= len(kept)
            groups += [Group(group.name, kept)] if kept else []
        shorter = replace(self, groups=tuple(groups))
        return replace(shorter, left_out=self.left_out + len(self.cards) - len(shorter.cards))


def due(cards: tuple[Card, ...], since: datetime, until: datetime) -> tuple[Card, ...]:
    """What was published after `since`, up to and including `until`. Both moments have a zone."""
    return tuple(card for card in cards if since < card.date <= until)


def issue_of_day(cards: tuple[Card, ...], day: date, zone: ZoneInfo) -> tuple[Card, ...]:
    """What was published on the local `day`."""
    return tuple(card for card in cards if card.date.astimezone(zone).date() == day)


def compose(
    cards: tuple[Card, ...],
    day: date,
    publication: Publication,
    edition: Edition | None = None,
    note: Note = NOTHING,
) -> Issue | None:
    """The issue of `day` with these articles; None when there are none: no digest is sent then.

    The article that the note names leads, else the newest featured one, else the newest; the others
    follow as `order` says: by section, those of `first` in front, then the section with the newest article.
    `edition`: the publication's first unless given. Raises PublishError for a subject that cannot be
    filled, and for a lead that is not among the articles.
    """
    if not cards:
        return None
    edition = edition or editions(publication)[0]
    newest = sorted(cards, key=lambda card: (-card.date.timestamp(), card.path))
    lead = note.leading(newest) or next((card for card in newest if card.featured), newest[0])
    others = [card for card in newest if card is not lead]
    shown = others[: max(0, edition.max_items - 1)]
    groups = _groups(shown, note.order or edition.order, note.first or edition.first)
    values = _values(lead, day, publication, edition)
    return Issue(
        date=day,
        subject=_line(note.subject, "subject", edition.subject, values) or f"{values['title']} {day}".strip(),
        preheader=_preheader(note.preheader, values, edition) or _beginning(lead, groups),
        title=values["title"],
        intro=note.text or edition.intro,
        lead=lead,
        groups=groups,
        url=f"{edition.url}{day.isoformat()}/",
        left_out=len(others) - len(shown),
        edition=edition,
        intro_html=note.html,
        sponsor=note.sponsor or _standing(edition),
    )


def _groups(newest: list[Card], order: Order, first: tuple[str, ...]) -> tuple[Group, ...]:
    if order != "section":
        ordered = newest if order == "newest" else newest[::-1]
        return (Group("", tuple(ordered)),) if ordered else ()
    sections: dict[str, list[Card]] = {}
    for card in newest:
        sections.setdefault(tidy(card.section), []).append(card)
    places = {fold(name): place for place, name in reversed(list(enumerate(first)))}
    names = sorted(sections, key=lambda name: places.get(fold(name), len(places)))
    return tuple(Group(name, tuple(sections[name])) for name in names)


def _standing(edition: Edition) -> Sponsor | None:
    """The sponsor that the configuration names for every issue."""
    return Sponsor(edition.sponsor, edition.sponsor_url, edition.sponsor_label) if edition.sponsor else None


def _values(lead: Card, day: date, publication: Publication, edition: Edition) -> dict[str, str]:
    spoken = words(edition.language).date(datetime.combine(day, time(), publication.zone))
    return {"title": tidy(edition.title), "lead": tidy(lead.title), "date": spoken}


def _line(own: str, key: str, template: str, values: dict[str, str]) -> str:
    """One line of at most 120 characters that does not pass itself off as an answer (`Re:`)."""
    try:
        text = own or fill(template, values)
    except ValueError as error:
        raise PublishError(f"[newsletter] {key}", str(error)) from error
    return shorten(_REPLY.sub("", tidy(text)), _SUBJECT)


def _preheader(own: str, values: dict[str, str], edition: Edition) -> str:
    return shorten(_line(own, "preheader", edition.preheader, values), _PREHEADER)


def _beginning(lead: Card, groups: tuple[Group, ...]) -> str:
    """What an inbox shows behind the subject: how the lead begins, then the next titles."""
    titles = (card.title for group in groups for card in group.cards[:3])
    pieces = [tidy(piece) for piece in (lead.summary, *titles)]
    text = ""
    for piece in filter(None, pieces):
        text = f"{text} · {piece}" if text else piece
        if len(text) >= _PREHEADER:
            break
    return shorten(text, _PREHEADER)
