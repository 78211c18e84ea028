"""Entries and profiles in -> where authors are on the web, and how they may be written to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from publisher.feeds.plain import uri
from publisher.model import Entry
from publisher.settings import Publication
from publisher.site.terms import collect, fold


@dataclass(frozen=True, slots=True)
class Person:
    """`uri` is the page of the author's articles; `email` is empty unless the profile states one."""

    uri: str = ""
    email: str = ""


People = Callable[[], Mapping[str, Person]]


def people(
    entries: tuple[Entry, ...], pages: Iterable[Entry], publication: Publication
) -> Mapping[str, Person]:
    """Every author by folded name; `pages` are entries of the kinds page and author."""
    profiles = {fold(each.card.title): each for each in pages if each.card.kind == "author"}
    names = tuple(each.card.title for each in profiles.values())
    return {
        key: Person(uri(publication.absolute(term.url)), _email(profiles.get(key)))
        for key, term in collect("author", entries, names).items()
    }


def _email(profile: Entry | None) -> str:
    stated = profile.extra.get("email") if profile else None
    return stated if isinstance(stated, str) else ""
