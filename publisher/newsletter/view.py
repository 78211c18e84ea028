"""An issue in -> what the digest's templates see out: safe texts, absolute addresses, phrases, colours."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from publisher.model import Card
from publisher.newsletter.issue import Group, Issue
from publisher.newsletter.leaving import Ways, ways
from publisher.newsletter.marks import Marks, marks
from publisher.newsletter.note import Sponsor
from publisher.newsletter.secure import Picture, picture, secure
from publisher.newsletter.text import shorten, tidy
from publisher.newsletter.words import Phrases, phrases
from publisher.settings import Publication
from publisher.site.colour import DARK_SURFACE, LIGHT_SURFACE, parse, readable
from publisher.site.words import Direction, direction, words

_TITLE, _SUMMARY, _LEAD, _NAME = 200, 240, 480, 80
_NO_MARKS, _NO_WAYS = Marks("", ""), Ways()


@dataclass(frozen=True, slots=True)
class Item:
    """One article. `foreign`: its language is not the publication's. Empty texts are not shown.

    `byline` and `source` are phrases in the publication's language; `source_url` may be empty.
    """

    title: str
    url: str
    section: str
    byline: str
    source: str
    source_url: str
    minutes: str
    summary: str
    image: Picture | None
    language: str
    direction: Direction
    foreign: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The items under one heading."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Patron:
    """Who pays for the issue. `label` says so in words; `url` is empty where it is not https."""

    text: str
    url: str
    label: str
    image: Picture | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the templates see as `letter`. Addresses are absolute; empty strings are not configured.

    `web` is the page on the site: without what only the reader of a mail needs. `intro_html` is
    sanitised; where there is one, `intro` says the same in plain text.
    """

    web: bool
    language: str
    direction: Direction
    title: str
    subject: str
    preheader: str
    date: str
    intro: tuple[str, ...]
    intro_html: str
    lead: Item
    sections: tuple[Section, ...]
    sponsor: Patron | None
    more: str
    url: str
    home: str
    reason: str
    address: tuple[str, ...]
    rights: str
    phrases: Phrases
    accent: str
    accent_dark: str
    marks: Marks = _NO_MARKS
    ways: Ways = _NO_WAYS

    @property
    def unsubscribe(self) -> str:
        """Where this reader leaves; empty on the web page, and when nothing is configured."""
        return self.ways.unsubscribe

    @property
    def preferences(self) -> str:
        """Where this reader chooses what he gets; empty without `[web] url`."""
        return self.ways.preferences

    @property
    def dot(self) -> str:
        """Between the parts of a byline. A mark keeps them in their order where words run to the left."""
        return " · \u200f" if self.direction == "rtl" else " · "


def letter(issue: Issue, publication: Publication, *, web: bool = False) -> Letter:
    """The values of one issue. Raises PublishError when the accent is no colour."""
    values = _content(issue, publication, web=web)
    if web:
        return values
    of = marks(repr(values))
    return replace(values, marks=of, ways=ways(publication, issue.edition.unsubscribe, of))


def _content(issue: Issue, publication: Publication, *, web: bool) -> Letter:
    edition = issue.edition
    spoken = phrases(edition.language)
    day = datetime.combine(issue.date, time(), publication.zone)
    return Letter(
        web=web,
        language=edition.language,
        direction=direction(edition.language),
        title=issue.title,
        subject=issue.subject,
        preheader=issue.preheader,
        date=words(edition.language).date(day),
        intro=_lines(issue.intro),
        intro_html=issue.intro_html,
        lead=_item(issue.lead, publication, edition.language, _LEAD),
        sections=tuple(_section(group, publication, edition.language) for group in issue.groups),
        sponsor=_patron(issue.sponsor, spoken, publication) if issue.sponsor else None,
        more=spoken.more.format(n=issue.left_out) if issue.left_out else "",
        url=publication.absolute(issue.url),
        home=publication.absolute("/"),
        reason=tidy(edition.reason) or spoken.reason.format(name=issue.title),
        address=_lines(edition.address),
        rights=tidy(publication.rights),
        phrases=spoken,
        accent=_shade(publication.accent, LIGHT_SURFACE),
        accent_dark=_shade(publication.accent, DARK_SURFACE),
    )


def _section(group: Group, publication: Publication, around: str) -> Section:
    name = group.name or phrases(around).stories
    return Section(name, tuple(_item(card, publication, around, _SUMMARY) for card in group.cards))


def _patron(sponsor: Sponsor, spoken: Phrases, publication: Publication) -> Patron:
    return Patron(
        text=shorten(tidy(sponsor.text), _LEAD),
        url=secure(sponsor.url),
        label=shorten(tidy(sponsor.label), _NAME) or spoken.sponsor,
        image=picture(sponsor.image, publication),
    )


def _item(card: Card, publication: Publication, around: str, summary: int) -> Item:
    """`around`: the language of the words around it."""
    spoken = phrases(around)
    authors = ", ".join(shorten(tidy(each), _NAME) for each in card.authors[:4])
    origin = shorten(tidy(card.source.name), _NAME) if card.source else ""
    language = card.language or publication.language
    return Item(
        title=shorten(tidy(card.title), _TITLE),
        url=publication.absolute(card.url),
        section=shorten(tidy(card.section), _NAME),
        byline=spoken.by.format(name=authors) if authors else "",
        source=spoken.via.format(name=origin) if origin else "",
        source_url=secure(card.source.url) if card.source else "",
        minutes=spoken.minutes.format(n=card.minutes) if card.minutes else "",
        summary=shorten(tidy(card.summary), summary),
        image=picture(card.image, publication, small=summary != _LEAD),
        language=language,
        direction=direction(language),
        foreign=language.lower() != around.lower(),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(tidy, text.splitlines()) if line)


def _shade(accent: str, surface: str) -> str:
    return "#{:02x}{:02x}{:02x}".format(*readable(parse(accent), parse(surface)))
