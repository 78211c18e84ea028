"""The lexicon files in -> one table of phrases that answers what a short line is for.

All languages are looked up together, so that a page needs no language to be told; a phrase must make
up the whole line. The notation of the files is described at the head of `lexicon/en.toml`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain

from publisher.clean.book import Appeal, Grade, Lexicon
from publisher.clean.notation import LETTER, first_words, handles, is_open, longest
from publisher.clean.prepared import prepared
from publisher.clean.signs import sentences, signed, told
from publisher.clean.tables import tables, vocabulary
from publisher.clean.text import CACHE, FULL_STOPS, ends_sentence, label, plain, raw_label, size, words

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
TEASER = 25  # words of a headline and what announces it
SHORT = 12  # words; few lines of the lexicon are longer
LONGEST = 45  # words; none is longer

_PREFIX = re.compile(r"^\W*([^:|»>]{2,45}?)\s?(?::|\||»|>)\s*(.+)$")
_QUOTED = re.compile(r"[\"“”„«»]")


@lru_cache(CACHE)
def grade(text: str) -> Grade | None:
    """What the line is for, if the lexicon knows it. The line must say that and nothing else."""
    if len(text) > 1000 or text.count(" ") > 2 * LONGEST or (length := size(text)) > LONGEST:
        return None
    book = lexicon()
    if length > SHORT and not _may_be_known(book, words(text)):
        return _box(text)
    key = label(text)
    if not key:
        return None
    if family := signed(text):
        return Grade(family, "sure")
    exact = _exact(book, key) if length <= SHORT or key.partition(" ")[0] in book.lengthy else None
    found = exact or _pattern(book, key, text)
    if found is None and length <= TEASER and key.partition(" ")[0] in book.openings:
        found = _prefixed(book, text)
    found = _surest(found, lambda: _appeal(book, key, text) or _rights(text))
    if found and told(found.family, key, text, exact is not None):
        return _box(text)
    return _surest(found, lambda: _box(text))


def _surest(found: Grade | None, other: Callable[[], Grade | None]) -> Grade | None:
    """The grade, or another one, if that says more."""
    if found and found.strength == "sure":
        return found
    second = other()
    return second if second and (found is None or second.strength == "sure") else found


def _may_be_known(book: Lexicon, tokens: tuple[str, ...]) -> bool:
    """Whether a long line begins or ends with a word of some pattern; most do not, which is quickly seen."""
    first, last = _labelled(tokens[0]), _labelled(tokens[-1])
    known = (
        first in book.heads.listed or first in book.appeals or first in book.openings or first in book.lengthy
    )
    return known or last in book.tails.listed or first[0] > "\u2fff"


def _labelled(token: str) -> str:
    return token if token.isalpha() else raw_label(token)


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
        if longest(phrase) > SHORT:
            book.lengthy.update(first_words(phrase))
        if "(" in phrase:
            book.chosen.add(first_words(phrase), phrase, rank)
        elif (text := raw_label(phrase)) not in book.whole or rank < book.whole[text]:
            book.whole[text] = rank


def _exact(book: Lexicon, key: str) -> Grade | None:
    """What a label is for that is a phrase without open places."""
    ranks = [book.whole[key]] if key in book.whole else []
    best = min((*ranks, *book.chosen.fitting(key.partition(" ")[0], key)), default=None)
    leads = key in book.leads
    if best is None:
        return Grade("related", "likely", leads=True) if leads else None
    return replace(book.grades[best], leads=True) if leads else book.grades[best]


def _add_appeals(book: Lexicon, family: str, entry: dict[str, list[str]]) -> None:
    things = tuple(f" {raw_label(thing)} " for thing in entry.get("things", ()))
    ours = frozenset(raw_label(word) for word in entry.get("ours", ()))
    for call in (raw_label(call) for call in entry.get("calls", ())):
        book.appeals.setdefault(call.split()[0], []).append(Appeal(call + " ", family, things, ours))


def _pattern(book: Lexicon, key: str, text: str) -> Grade | None:
    first, _, rest = key.partition(" ")
    last = rest.rpartition(" ")[2] or first
    best: Grade | None = None
    for rank in chain(
        book.heads.fitting(first, key),
        book.tails.fitting(last, key),
        book.heads.fitting(LETTER + key[0], key),
        book.heads.fitting("", key),
    ):
        found = book.grades[rank]
        if found.strength == "sure" and (rank < 0 or not _statement(text)):
            return found
        best = Grade(found.family, "likely")
    return best


def _statement(text: str) -> bool:
    """Whether an open pattern met a whole sentence: but for notices, those may be the story's own words."""
    return size(text) > 5 and ends_sentence(text) and plain(text).endswith(FULL_STOPS)


@prepared
def _phrases(family: str, key: str) -> Lexicon:
    """The phrases of one key as a table of their own."""
    book = Lexicon({0: Grade(family, "sure")})
    for table in tables().values():
        _add(book, table.get(family, {}).get(key, ()), 0)
    return book


@cache
def _first_words(family: str, key: str) -> frozenset[str]:
    book = _phrases(family, key)
    return frozenset(phrase.partition(" ")[0] for phrase in book.whole) | book.chosen.listed.keys()


def says(family: str, key: str, text: str) -> bool:
    """Whether the line consists of one of the phrases under `key`."""
    if len(text) > 1000 or size(text) > LONGEST:
        return False
    book, tokens = _phrases(family, key), words(text)
    if (
        size(text) > SHORT
        and not _may_be_known(book, tokens)
        and (_labelled(tokens[0]) not in _first_words(family, key))
    ):
        return False
    spoken = label(text)
    return bool(spoken) and (_exact(book, spoken) is not None or _pattern(book, spoken, text) is not None)


def _prefixed(book: Lexicon, text: str) -> Grade | None:
    """What "Read more: headline" is for. A whole sentence is none; a long one may end in a quotation mark."""
    line = plain(text)
    match = _PREFIX.match(line)
    if match is None or raw_label(match.group(1)) not in book.prefixes or line.endswith(FULL_STOPS):
        return None
    if size(text) > SHORT and ends_sentence(text) and not line.endswith(("?", "!")):
        return None
    return Grade("related", "sure")


def _rights(text: str) -> Grade | None:
    """What "© The Courier. All rights reserved. No part may be ..." is for: one of its sentences says it."""
    found = map(grade, sentences(text) if "©" in text[:20] else ())
    return next((one for one in found if one == Grade("rights", "sure")), None)


def _box(text: str) -> Grade | None:
    """What "Nothing to miss? Get our newsletter. It is free." is for: each of its sentences is known."""
    found: list[Grade] = []
    for sentence in () if _QUOTED.search(text) else sentences(text):
        one = grade(sentence)
        if one is None:
            return None
        found.append(one)
    if all(size(sentence) < 2 for sentence in sentences(text)):
        return None  # "No. Thanks." is an answer
    return min(found, key=lambda one: one.strength != "sure", default=None)


def _appeal(book: Lexicon, key: str, text: str) -> Grade | None:
    appeals = book.appeals.get(key.partition(" ")[0])
    if not appeals or _QUOTED.search(text):
        return None
    spaced = f" {key} "
    for appeal in appeals:
        if key.startswith(appeal.call) and any(thing in spaced for thing in appeal.things):
            sure = not appeal.ours.isdisjoint(key.split())
            return Grade(appeal.family, "sure" if sure else "likely")
    return None
