"""Arranged entries in -> sections, tags and authors out, each with its own address and entries."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Literal

from publisher.content.slugs import slugify
from publisher.model import Card, Entry

Kind = Literal["section", "tag", "author"]


@dataclass(frozen=True, slots=True)
class Term:
    """One section, tag or author. `url` is site-relative and ends in `/`; entries are newest first."""

    name: str
    url: str
    entries: tuple[Entry, ...]


@lru_cache(10_000)
def fold(name: str) -> str:
    """What two spellings of one name share: `Climate change`, `#climate-change` and `CLIMATE  CHANGE`."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_-]+", " ", plain).lstrip(" #").rstrip() or plain


def collect(kind: Kind, entries: tuple[Entry, ...], further: tuple[str, ...] = ()) -> dict[str, Term]:
    """The terms of a kind by folded name, in the order in which they were first used.

    Spellings with one fold are one term, named by the commonest (then newest) spelling. Different
    names with one slug (`C`, `C++`) stay apart: later ones get `-2`, `-3`, so that no address moves
    when a term is added. `further` names are terms too, if without entries, and win as spellings.
    """
    members: dict[str, list[Entry]] = {}
    spellings: dict[str, Counter[str]] = {}
    for entry in reversed(entries):
        for key, name in _folded(named(entry.card, kind)):
            if key not in members:
                members[key], spellings[key] = [], Counter()
            held = members[key]
            if not held or held[-1] is not entry:
                held.append(entry)
            spellings[key][name] += 1
    for name in further:
        members.setdefault(fold(name), [])
        spellings.setdefault(fold(name), Counter())[name] += len(entries) + 1
    slugs = _distinct({key: _slug(next(iter(names))) for key, names in spellings.items()})
    return {
        key: Term(_commonest(spellings[key]), f"/{kind}/{slugs[key]}/", tuple(reversed(held)))
        for key, held in members.items()
    }


def named(card: Card, kind: Kind) -> tuple[str, ...]:
    """The names of a kind that stand on a card; blank ones do not count."""
    names = (card.section,) if kind == "section" else card.tags if kind == "tag" else card.authors
    return tuple([name for name in names if name.strip()])


@lru_cache(10_000)
def _folded(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each name once, with what its spellings share. Many articles have the same ones."""
    return tuple(dict.fromkeys((fold(name), name) for name in names))


def by_size(terms: Mapping[str, Term]) -> tuple[Term, ...]:
    """Those with most entries first; equals by name."""
    return tuple(sorted(terms.values(), key=lambda term: (-len(term.entries), fold(term.name), term.url)))


def by_name(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """In the order of their names, whatever their case."""
    return tuple(sorted(terms, key=lambda term: (fold(term.name), term.url)))


def _slug(name: str) -> str:
    """A name without letters or digits is addressed by its code points: `→` is `2192`."""
    return slugify(name) or "-".join(f"{ord(char):x}" for char in fold(name)[:8])


def _distinct(slugs: Mapping[str, str]) -> Mapping[str, str]:
    taken: set[str] = set()
    distinct = {}
    for key, slug in slugs.items():
        tries = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        distinct[key] = next(each for each in tries if each not in taken)
        taken.add(distinct[key])
    return distinct


def _commonest(spellings: Counter[str]) -> str:
    # Counted oldest first, so that of equals the last is the newest.
    return max(reversed(spellings), key=lambda name: spellings[name])
