"""Cards of articles in -> today's issue out: what it holds, in which order, under which subject.

No clock, no disk: the caller brings the day, and the moments between which articles are due.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from string import Formatter
from zoneinfo import ZoneInfo

from publisher.errors import PublishError
from publisher.model import Card
from publisher.newsletter.text import shorten, tidy
from publisher.settings import Publication
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
    """One day's digest. `date` is local to the publication; `url` (site-relative) is its web page.

    `left_out` counts the due articles that only the site shows.
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


def compose(cards: tuple[Card, ...], day: date, publication: Publication) -> Issue | None:
    """The issue of `day` with these articles; None when there are none: no digest is sent then.

    The newest featured article leads, else the newest; the others follow by section, the section with
    the newest article first. Raises PublishError when the configured subject cannot be filled.
    """
    if not cards:
        return None
    settings = publication.newsletter
    newest = sorted(cards, key=lambda card: (-card.date.timestamp(), card.path))
    lead = next((card for card in newest if card.featured), newest[0])
    others = [card for card in newest if card is not lead]
    shown = others[: max(0, settings.max_items - 1)]
    groups = _groups(shown)
    return Issue(
        date=day,
        subject=_subject(lead, day, publication),
        preheader=_preheader(lead, groups),
        title=tidy(settings.title or publication.title),
        intro=settings.intro,
        lead=lead,
        groups=groups,
        url=f"/newsletter/{day.isoformat()}/",
        left_out=len(others) - len(shown),
    )


def _groups(newest: list[Card]) -> tuple[Group, ...]:
    sections: dict[str, list[Card]] = {}
    for card in newest:
        sections.setdefault(tidy(card.section), []).append(card)
    return tuple(Group(name, tuple(cards)) for name, cards in sections.items())


def _subject(lead: Card, day: date, publication: Publication) -> str:
    """One line of at most 120 characters that does not pass itself off as an answer (`Re:`)."""
    title = tidy(publication.newsletter.title or publication.title)
    spoken = words(publication.language).date(datetime.combine(day, time(), publication.zone))
    values = {"title": title, "lead": tidy(lead.title), "date": spoken}
    filled = _REPLY.sub("", tidy(_fill(publication.newsletter.subject, values)))
    return shorten(filled or f"{title} {day.isoformat()}".strip(), _SUBJECT)


def _fill(template: str, values: dict[str, str]) -> str:
    """A format string of which only the bare names of `values` are understood: `{lead}`, not `{lead.x}`."""
    where = "[tool.publish.newsletter] subject"
    try:
        pieces = list(Formatter().parse(template))
    except ValueError as error:
        raise PublishError(where, f"{template!r}: {error}", "a brace itself is written {{ or }}") from error
    filled = []
    for literal, name, spec, conversion in pieces:
        if name is not None and (name not in values or spec or conversion):
            known = ", ".join(f"{{{each}}}" for each in values)
            raise PublishError(where, f"unknown placeholder {{{name}}}", f"known are {known}")
        filled += [literal, values[name] if name else ""]
    return "".join(filled)


def _preheader(lead: Card, groups: tuple[Group, ...]) -> str:
    """What an inbox shows behind the subject: how the lead begins, then the next titles."""
    titles = (card.title for group in groups for card in group.cards[:3])
    pieces = [tidy(piece) for piece in (lead.summary, *titles)]
    text = ""
    for piece in filter(None, pieces):
        text = f"{text} · {piece}" if text else piece
        if len(text) >= _PREHEADER:
            break
    return shorten(text, _PREHEADER)
