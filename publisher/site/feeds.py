"""Terms and entries in -> which feeds the publication has: its own, and those of sections, tags and so on."""

from collections.abc import Mapping
from dataclasses import dataclass

from publisher.model import Entry
from publisher.settings import Publication
from publisher.site.beside import Archive
from publisher.site.terms import Kind, Term, collect


@dataclass(frozen=True, slots=True)
class Feed:
    """`url` is the folder in which it lies (`/`, `/section/sport/`), `home` the page that it belongs to.

    It has the name `feed` there, with the ending of each format. `language` is empty where it is that of
    the publication.
    """

    title: str
    url: str
    home: str
    entries: tuple[Entry, ...]
    language: str = ""


def feeds(
    entries: tuple[Entry, ...],
    terms: Mapping[Kind, Mapping[str, Term]],
    publication: Publication,
    archives: tuple[Archive, ...] = (),
) -> tuple[Feed, ...]:
    """The publication's feed, those that `feed.of` asks for, and that of each newsletter's issues.

    `terms` has the kinds of `feed.of` at least. A term without articles has no feed.
    """
    title = publication.title
    found = [Feed(title, "/", "/", entries)]
    for kind in wanted(publication):
        members = (term for term in terms[kind].values() if term.entries)
        found += (Feed(f"{title} – {term.name}", term.url, term.url, term.entries) for term in members)
    if "language" in publication.feed.of:
        found += _languages(entries, publication)
    found += (
        Feed(_of(title, each), each.url, each.url, each.entries, _language(each, publication))
        for each in archives
        if each.entries
    )
    return tuple(found)


def wanted(publication: Publication) -> tuple[Kind, ...]:
    """The kinds of terms that have feeds."""
    kinds: tuple[Kind, ...] = ("section", "tag", "author")
    return tuple(kind for kind in kinds if kind in publication.feed.of)


def feed_terms(
    entries: tuple[Entry, ...], people: tuple[str, ...], publication: Publication
) -> dict[Kind, Mapping[str, Term]]:
    """The terms of the kinds that `feed.of` asks for; `people` are names of authors with a profile."""
    return {kind: collect(kind, entries, people if kind == "author" else ()) for kind in wanted(publication)}


def _of(title: str, archive: Archive) -> str:
    return f"{title} – {archive.name if archive.title == title else archive.title}"


def _language(archive: Archive, publication: Publication) -> str:
    newest = archive.entries[0].card.language
    return "" if newest == publication.language else newest


def _languages(entries: tuple[Entry, ...], publication: Publication) -> list[Feed]:
    """Languages as their tags read (RFC 5646), `pt-BR` apart from `pt`; addresses in small letters."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        held.setdefault(entry.card.language or publication.language, []).append(entry)
    return [
        Feed(f"{publication.title} – {tag}", f"/language/{tag.lower()}/", "/", tuple(held[tag]), tag)
        for tag in sorted(held)
    ]
