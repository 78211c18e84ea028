"""What stands in `content/authors/` in -> who the authors are out: bio, picture, links."""

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.model import Entry
from publisher.settings import Publication
from publisher.site.links import Link, web, within
from publisher.site.terms import fold


@dataclass(frozen=True, slots=True)
class Profile:
    """An author in their own words: `bio` is HTML, `picture` an address or empty."""

    entry: Entry
    name: str
    bio: str
    picture: str
    links: tuple[Link, ...]


def profiles(entries: Iterable[Entry], publication: Publication) -> dict[str, Profile]:
    """By the name as bylines are compared; a name told twice is the last one's."""
    return {
        fold(entry.card.title): _profile(entry, publication)
        for entry in entries
        if entry.card.kind == "author"
    }


def _profile(entry: Entry, publication: Publication) -> Profile:
    card, given = entry.card, entry.extra.get("links")
    found = given.items() if isinstance(given, dict) else ()
    links = tuple(Link(str(name), web(str(where)), web(str(where))) for name, where in found)
    picture = web(card.image.src) if card.image else ""
    return Profile(entry, card.title, within(entry.html, publication), within(picture, publication), links)
