"""Terms and entries in -> which feeds the publication has: its own, and those of sections, tags and so on."""

from collections.abc import Mapping
from dataclasses import dataclass

from publisher.arrange.published import Record
from publisher.model import Entry
from publisher.settings import Publication
from publisher.site.beside import Archive
from publisher.site.terms import Kind, Term, collect, fold


@dataclass(frozen=True, slots=True)
class Feed:
    """`url` is the folder in which it lies (`/`, `/section/sport/`), `home` the page that it belongs to.

    It has the name `feed` there, with the ending of each format. `language` is empty where it is that of
    the publication. `withdrawn` are articles that were in it once.
    """

    title: str
    url: str
    home: str
    entries: tuple[Entry, ...]
    language: str = ""
    withdrawn: tuple[Record, ...] = ()


def feeds(
    entries: tuple[Entry, ...],
    terms: Mapping[Kind, Mapping[str, Term]],
    publication: Publication,
    withdrawn: tuple[Record, ...] = (),
    archives: tuple[Archive, ...] = (),
) -> tuple[Feed, ...]:
    """The publication's feed, those that `feed.of` asks for, and that of each newsletter's issues.

    `terms` has the kinds of `feed.of` at least. One with fewer than `feed.least` articles, or none, has none.
    """
    title = publication.title
    lost = _by_name(withdrawn)
    found = [Feed(title, "/", "/", entries, withdrawn=withdrawn)]
    for kind in wanted(publication):
        for key, term in terms[kind].items():
            if len(term.entries) >= publication.feed.least:
                name, gone = f"{title} – {term.name}", tuple(lost.get((kind, key), ()))
                found.append(Feed(name, term.url, term.url, term.entries, withdrawn=gone))
    if "language" in publication.feed.of:
        found += _languages(entries, publication, lost)
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


_Lost = Mapping[tuple[str, str], list[Record]]


def _by_name(withdrawn: tuple[Record, ...]) -> _Lost:
    """Withdrawn articles by what they stood under; the names of terms folded."""
    lost: dict[tuple[str, str], list[Record]] = {}
    for record in withdrawn:
        keys = ((kind, name if kind == "language" else fold(name)) for kind, name in record.names)
        for key in dict.fromkeys(keys):
            lost.setdefault(key, []).append(record)
    return lost


def _of(title: str, archive: Archive) -> str:
    return f"{title} – {archive.name if archive.title == title else archive.title}"


def _language(archive: Archive, publication: Publication) -> str:
    newest = archive.entries[0].card.language
    return "" if newest == publication.language else newest


def _languages(entries: tuple[Entry, ...], publication: Publication, lost: _Lost) -> list[Feed]:
    """Languages as their tags read (RFC 5646), `pt-BR` apart from `pt`; addresses in small letters."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        held.setdefault(entry.card.language or publication.language, []).append(entry)
    found = []
    for tag in sorted(tag for tag in held if len(held[tag]) >= publication.feed.least):
        gone = tuple(lost.get(("language", tag), ()))
        name, url = f"{publication.title} – {tag}", f"/language/{tag.lower()}/"
        found.append(Feed(name, url, "/", tuple(held[tag]), tag, gone))
    return found
