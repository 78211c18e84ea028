"""The lexicon files in -> tables of phrases: one of all that lines can be, and one for each key asked for.

All languages stand in one table, so that a page needs no language to be told. The notation of the files is
described at the head of `lexicon/en.toml`.
"""

import re
from collections.abc import Iterable
from functools import cache

from publisher.clean.book import Appeal, Grade, Lexicon
from publisher.clean.notation import first_words, handles, is_open, longest
from publisher.clean.prepared import prepared
from publisher.clean.tables import tables, vocabulary
from publisher.clean.text import raw_label

FAMILIES = (
    "newsletter",
    "subscribe",
    "share",
    "related",
    "comments",
    "ads",
    "apps",
    "consent",
    "rights",
    "tools",
    "stamps",
)
SHORT = 12  # words; few lines of the lexicon are longer
_BREAKS = re.compile(r"[\W_]")  # a phrase has no more words than these, and one


@prepared
def lexicon() -> Lexicon:
    """The table of all languages, read once. What is sure ranks before what is likely."""
    prefixes = frozenset(vocabulary("related", "prefixes"))
    openings = frozenset(phrase.partition(" ")[0] for phrase in prefixes)
    leads = frozenset(vocabulary("related", "headings"))
    book = Lexicon(leads=leads, prefixes=prefixes, openings=openings)
    lists = [(family, table.get(family, {})) for table in tables().values() for family in FAMILIES]
    for rank, (family, entry) in enumerate(lists):
        likely = len(lists) + rank
        notice = -1 - rank
        book.grades[rank] = book.grades[notice] = Grade(family, "sure")
        book.grades[likely] = Grade(family, "likely")
        _add(book, entry.get("notices", ()), notice)
        _add(book, entry.get("likely", ()), likely)
        _add(book, entry.get("sure", ()), rank)
        _add_appeals(book, family, entry)
    return book


def _add(book: Lexicon, phrases: Iterable[str], rank: int) -> None:
    for phrase in phrases:
        if is_open(phrase):
            handled = handles(phrase)
            book.heads.add([word for place, word in handled if place == "head"], phrase, rank)
            book.tails.add([word for place, word in handled if place == "tail"], phrase, rank)
            continue
        if len(_BREAKS.findall(phrase)) >= SHORT and longest(phrase) > SHORT:
            book.lengthy.update(first_words(phrase))
        if "(" in phrase:
            book.chosen.add(first_words(phrase), phrase, rank)
        elif (text := raw_label(phrase)) not in book.whole or rank < book.whole[text]:
            book.whole[text] = rank


def _add_appeals(book: Lexicon, family: str, entry: dict[str, list[str]]) -> None:
    things = tuple(f" {raw_label(thing)} " for thing in entry.get("things", ()))
    ours = frozenset(raw_label(word) for word in entry.get("ours", ()))
    for call in (raw_label(call) for call in entry.get("calls", ())):
        book.appeals.setdefault(call.split()[0], []).append(Appeal(call + " ", family, things, ours))


@prepared
def phrases(family: str, key: str) -> Lexicon:
    """The phrases of one key as a table of their own."""
    book = Lexicon({0: Grade(family, "sure")})
    for table in tables().values():
        _add(book, table.get(family, {}).get(key, ()), 0)
    return book


@cache
def openings(family: str, key: str) -> frozenset[str]:
    book = phrases(family, key)
    return frozenset(phrase.partition(" ")[0] for phrase in book.whole) | book.chosen.listed.keys()
