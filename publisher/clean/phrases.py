"""A line in -> what it is for, if the lexicon knows it. A phrase must make up the whole line."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from publisher.clean.book import Grade, Lexicon
from publisher.clean.books import SHORT, lexicon, openings, phrases
from publisher.clean.notation import LETTER
from publisher.clean.signs import aside, sentences, signed, told
from publisher.clean.text import (
    CACHE,
    FULL_STOPS,
    NUMBERS,
    ends_sentence,
    label,
    plain,
    raw_label,
    size,
    words,
)
from publisher.clean.together import family_of

TEASER = 25  # words of a headline and what announces it
LONGEST = 45  # words; none is longer
BUTTONS = 3
ASIDE = 10  # words of a sentence in a box that nobody has listed

_PREFIX = re.compile(r"^\W*([^:|»>]{2,45}?)\s?(?::|\||»|>)\s*(.+)$")
_CAPPED = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_A-ZÀ-Þ]+")
_QUOTED = re.compile(r"[\"“”„«»]")


@lru_cache(NUMBERS)
def grade(text: str) -> Grade | None:
    """What the line is for, if the lexicon knows it. The line must say that and nothing else."""
    if len(text) > 1000 or text.count(" ") > 2 * LONGEST or (length := size(text)) > LONGEST:
        return None
    book = lexicon()
    if length > SHORT and not _may_be_known(book, words(text)):
        return _by_sentences(text)
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
        found = None
    return _surest(found, lambda: _by_sentences(text))


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


def _exact(book: Lexicon, key: str) -> Grade | None:
    """What a label is for that is a phrase without open places."""
    ranks = [book.whole[key]] if key in book.whole else []
    best = min((*ranks, *book.chosen.fitting(key.partition(" ")[0], key)), default=None)
    leads = key in book.leads
    if best is None:
        return Grade("related", "likely", leads=True) if leads else None
    return replace(book.grades[best], leads=True) if leads else book.grades[best]


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


@lru_cache(CACHE)
def says(family: str, key: str, text: str) -> bool:
    """Whether the line consists of one of the phrases under `key`."""
    if len(text) > 1000 or size(text) > LONGEST:
        return False
    book, tokens = phrases(family, key), words(text)
    if (
        size(text) > SHORT
        and not _may_be_known(book, tokens)
        and (_labelled(tokens[0]) not in openings(family, key))
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


def _by_sentences(text: str) -> Grade | None:
    """What a line is for whose sentences tell it, or, if it is one, the words that it has together."""
    if _QUOTED.search(text):
        return None
    if several := sentences(text):
        # "No. Thanks." is an answer
        return None if all(size(sentence) < 2 for sentence in several) else _box(several)
    family = family_of(text) or _glued(plain(text))
    return Grade(family, "sure") if family else None


def _glued(line: str) -> str:
    """The family of "ShareTweetPrint": three buttons or more without a space between."""
    parts = _CAPPED.findall(line) if " " not in line else ()
    if len(parts) < BUTTONS or "".join(parts) != line:
        return ""
    known = [grade(part) for part in parts]
    return known[0].family if known[0] and all(known) else ""


def _box(several: Iterable[str]) -> Grade | None:
    """What "Nothing to miss? Get our newsletter. It is free." is for: each of its sentences is known.

    A short one that asks or addresses the reader need not be, beside a sure one half as long.
    """
    found: list[Grade] = []
    known = unknown = 0
    for sentence in sorted(several, key=len, reverse=True):  # of long ones it is seen at once
        if one := grade(sentence):
            found.append(one)
            known += size(sentence)
        elif size(sentence) <= ASIDE and aside(sentence):
            unknown += size(sentence)
        else:
            return None
    best = min(found, key=lambda one: one.strength != "sure", default=None)
    if best is None or (unknown and (best.strength != "sure" or unknown > min(2 * known, ASIDE))):
        return None
    return best


def _appeal(book: Lexicon, key: str, text: str) -> Grade | None:
    appeals = book.appeals.get(key.partition(" ")[0])
    if not appeals or _QUOTED.search(text):
        return None
    spaced = f" {key} "
    for appeal in appeals:
        behind = spaced[len(appeal.call) :]
        if key.startswith(appeal.call) and any(thing in behind for thing in appeal.things):
            sure = not appeal.ours.isdisjoint(key.split())
            return Grade(appeal.family, "sure" if sure else "likely")
    return None
