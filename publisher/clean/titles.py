"""A title and a line in -> whether the line says the title again, and how sure that is."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from publisher.clean.text import plain, truncated, words

Words = tuple[str, ...]

_SITE = re.compile(r"\s+[|–—-]\s+|\s*\|\s*")
_NAME = 5  # words in the name of a site, at most
_ALIKE = 0.9  # of the characters: a typo or two
_TRAIL = 4  # words of the trail before the title: "Home News Harbour ..."
_BEHIND = 3  # words of a button behind it: "... Back to video"


@dataclass(frozen=True, slots=True)
class Title:
    """A title's words, and those of its shorter readings: without the name of the site."""

    words: Words
    readings: frozenset[Words]


@lru_cache(64)
def title_of(text: str) -> Title:
    """The title that `text` is."""
    return Title(words(text), readings(text))


@lru_cache(1024)
def readings(text: str) -> frozenset[Words]:
    """A line's words, and those before the name of a site behind a bar or a dash."""
    parts = _SITE.split(plain(text))
    found = {words(text)}
    if len(parts) > 1 and 0 < len(words(parts[-1])) <= _NAME:
        head = words(plain(text)[: plain(text).rfind(parts[-1])])
        found |= {head} if len(head) >= 2 else set()
    return frozenset(found - {()})


def says(title: Title, text: str, near: bool) -> float:
    """How sure it is that the line says the title and nothing else; 0.0 if it does not.

    `near`: the line stands at the head of the story, where a title may come again in part, with the trail
    of links before it, or with a typo. Elsewhere it has to be longer, and whole.
    """
    tokens, count = words(text), len(title.words)
    if not tokens or len(tokens) > count + _TRAIL:
        return 0.0
    if tokens == title.words:
        return 0.98 if near or count >= 4 else 0.0
    if tokens in title.readings:
        return 0.95 if len(tokens) >= (4 if near else 5) else 0.0
    if truncated(text) and _begins(title.words, tokens):
        return 0.93
    if any(_framed(reading, text, near) for reading in title.readings):
        return 0.95
    return _nearly(title, tokens) if near else 0.0


def _begins(title: Words, tokens: Words) -> bool:
    """Whether a line that was cut is the beginning of the title."""
    whole, stump = tokens[:-1], tokens[-1]
    fits = title[: len(whole)] == whole and len(whole) < len(title)
    return len(tokens) >= 5 and fits and title[len(whole)].startswith(stump)


def _framed(title: Words, text: str, near: bool) -> bool:
    """Whether the line is the title behind a trail of links, or before a button or the site's name."""
    tokens = words(text)
    more = len(tokens) - len(title)
    if more <= 0 or len(title) < (4 if near else 7):
        return False
    if tokens[more:] == title:
        return more <= _TRAIL
    if tokens[: len(title)] != title:
        return False
    return title in readings(text) or (more <= _BEHIND and len(title) >= 8)


def _nearly(title: Title, tokens: Words) -> float:
    """A part of the title, its words in another order, or the title with a typo in it."""
    count = len(title.words)
    part = len(tokens) >= 5 and len(tokens) < count < 2 * len(tokens)
    if part and tokens in (title.words[: len(tokens)], title.words[-len(tokens) :]):
        return 0.92
    if len(tokens) >= 6 and any(sorted(tokens) == sorted(reading) for reading in title.readings):
        return 0.92
    if count < 4 or abs(len(tokens) - count) > 2:
        return 0.0
    matcher = SequenceMatcher(None, " ".join(title.words), " ".join(tokens), autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return 0.93 if matcher.ratio() >= _ALIKE else 0.0
