"""A line's text in -> its look: its size, end, form and words, and (made when asked for) its cells."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from publisher.clean.phrases import grade
from publisher.clean.scorer.cells import WIDE, cells, end_cells, figures
from publisher.clean.scorer.vocabulary import function
from publisher.clean.text import CACHE, plain, size, words

BUCKETS = (2, 4, 8, 15, 30)  # words: bounds of rough lengths


@dataclass(frozen=True)  # no slots: what is asked for is kept
class Look:
    """What each line needs, also one that is not judged.

    `size`: words; `end`: its first cells; `ended`: as a sentence, a question or a cry does; `form`: a number
    that the lines of one list share; `known`: 1 if the phrase lists know it; `content`: its subject words;
    `said`: all its words; `blind`: the phrase lists are to tell nothing of it.
    """

    text: str
    size: int
    end: tuple[float, ...]
    ended: bool
    form: int
    known: float
    content: frozenset[str]
    said: str
    blind: bool

    @cached_property
    def cells(self) -> tuple[float, ...]:
        """All that can be said of the line by itself, in the order of CELLS."""
        return cells(self.text, self.end, self.blind)


@lru_cache(CACHE)
def look(text: str) -> Look:
    """The look of one line that is not blank."""
    return _seen(text, blind=False)


@lru_cache(CACHE)
def blind_look(text: str) -> Look:
    """The look of a line of which the phrase lists know nothing (for training: other sites' phrases)."""
    return _seen(text, blind=True)


def _seen(text: str, blind: bool) -> Look:
    tokens, length = words(text), size(text)
    end, said = end_cells(plain(text), length), " ".join(tokens)
    _, _, stops, asks, cries, _, colon, _ = end
    listed = length < BUCKETS[-1] and 10 * figures(tokens) > 3 * len(tokens)
    form = bisect_right(BUCKETS, length) * 16 + int(8 * stops + 4 * (asks + cries) + 2 * colon + listed)
    known = 0.0 if blind or grade(text) is None else 1.0
    ended = stops + asks + cries > 0
    return Look(text, length, end, ended, form, known, _content(tokens, length < len(tokens)), said, blind)


def _content(tokens: tuple[str, ...], wide: bool) -> frozenset[str]:
    """The words with a subject: long ones, and pairs of characters in scripts without spaces."""
    found = {token for token in tokens if len(token) > 3} - function()
    if wide:
        pairs = pairwise(tokens)
        found.update(one + two for one, two in pairs if one > WIDE and two > WIDE and len(one) == 1)
    return frozenset(found)
