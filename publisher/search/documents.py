"""Arranged entries in -> what the search index holds of each article out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from publisher.model import Card, Entry
from publisher.prose import Prose
from publisher.settings import Publication
from publisher.site.links import href
from publisher.site.terms import fold
from publisher.site.words import words

_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `lead` and `text` are only searched, the others are shown. `text_from`: `Entry.made_from`.

    `day` is that of the publication's zone, `said` the same in its words; `language` is empty where it is
    the publication's own.
    """

    href: str
    day: date
    said: str
    title: str
    section: str
    summary: str
    language: str
    lead: str
    prose: Prose
    text_from: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        return self.prose.text

    @property
    def filters(self) -> tuple[str, ...]:
        """Terms that no text can hold: the year, and the section as it is folded everywhere."""
        section = fold(self.section)
        return (f"//{self.day.year}", *((f"/{section}",) if section else ()))


def documents(entries: Iterable[Entry], publication: Publication) -> tuple[Document, ...]:
    """The articles that may be found: not drafts, even where they are shown, nor those with `noindex`."""
    return tuple(_document(entry, publication) for entry in entries if _findable(entry.card))


def _findable(card: Card) -> bool:
    return not (card.draft or card.noindex)


def _document(entry: Entry, publication: Publication) -> Document:
    card = entry.card
    names = (card.section, *card.tags, *card.authors, card.source.name if card.source else "")
    foreign = card.language and card.language.lower() != publication.language.lower()
    local = card.date.astimezone(publication.zone)
    return Document(
        href=href(card.url, publication),
        day=local.date(),
        said=words(publication.language).date(local),
        title=card.title,
        section=card.section,
        summary=_cut(card.summary),
        language=card.language if foreign else "",
        lead="\n".join((card.summary, *names)),
        prose=entry.prose,
        text_from=entry.made_from,
    )


def _cut(summary: str) -> str:
    """At most 200 characters, cut between words where there are any."""
    if len(summary) <= _SUMMARY:
        return summary
    head, space, _ = summary[:_SUMMARY].rpartition(" ")
    return (head if space else summary[:_SUMMARY]).rstrip(" ,;:–—-") + "…"
