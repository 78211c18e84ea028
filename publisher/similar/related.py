"""Articles with their keywords and tags, oldest first -> for each the earlier ones that it is closest to.

Only earlier articles are related, and a word is as rare as it was until then (TF-IDF over the past).
So a new article changes the relations of no other, and thousands of finished pages stay as they are.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from math import log

MOST = 4
_RARE = 16  # words of an article that are looked up: its rarest
_RECENT = 40  # earlier articles that are looked at for one word: the newest with it
_LEAST = 3  # words in common; fewer are chance. A tag counts as two
_TAG = 1.5  # what an editor wrote on both weighs more than what both happen to say
_COMMON = 5  # a word in more than a fifth of all articles says nothing


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article is about: `words` most telling first, `tags` folded."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


Known = dict[bytes, tuple[int, ...]]


class Relations:
    """What is related to what. An article is looked at when it is asked for, which a preview does for few.

    `known`: what was found by the digest of an article and all before it; what is found is added.
    """

    def __init__(self, topics: Iterable[Topic], known: Known | None = None) -> None:
        self._marks = [tuple(dict.fromkeys((*t.words, *(f"#{tag}" for tag in t.tags)))) for t in topics]
        self._known = {} if known is None else known
        self._digests = list(_chain(self._marks))

    def closest(self, place: int, most: int = MOST) -> tuple[int, ...]:
        """The places of the earlier topics that the one at `place` shares most with, closest first."""
        key = self._digests[place]
        found = self._known.pop(key, None)
        if found is None:
            found = self._find(place)
        self._known[key] = found  # last: the first are what nobody has asked for
        return found[:most]

    def _find(self, place: int) -> tuple[int, ...]:
        scores: dict[int, int] = {}
        shared: dict[int, int] = {}
        for count, mark in self._telling(place):
            # In whole numbers, so that sums do not depend on the order of adding.
            weight = round(1000 * log(1 + place / count) * (_TAG if mark[0] == "#" else 1))
            for other in self._places[mark][max(0, count - _RECENT) : count]:
                scores[other] = scores.get(other, 0) + weight
                shared[other] = shared.get(other, 0) + (2 if mark[0] == "#" else 1)
        near = [other for other in scores if shared[other] >= _LEAST]
        return tuple(sorted(near, key=lambda other: (-scores[other], -other))[:MOST])

    def _telling(self, place: int) -> list[tuple[int, str]]:
        """The rarest marks that earlier topics have, too, and how many of those there are."""
        counted = [(bisect_left(self._places[mark], place), mark) for mark in self._marks[place]]
        known = [pair for pair in counted if pair[0] and (pair[0] * _COMMON <= place or pair[1][0] == "#")]
        return sorted(known)[:_RARE]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each mark stands, rising."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, marks in enumerate(self._marks):
            for mark in marks:
                found[mark].append(place)
        return found


def _chain(every: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """For each a digest of it and of all before."""
    before = b""
    for marks in every:
        before = blake2b("\n".join(marks).encode(), digest_size=32, key=before).digest()
        yield before
