"""Articles with their keywords and tags, oldest first -> for each the earlier ones that it is closest to.

Only earlier articles are related, and a word is as rare as it was until then (TF-IDF over the past).
So a new article changes the relations of no other, and thousands of finished pages stay as they are.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import log

MOST = 4
_RARE = 16  # words of an article that are looked up: its rarest
_RECENT = 40  # earlier articles that are looked at for one word: the newest with it
_LEAST = 3  # words in common; fewer are chance. A tag counts as two
_TAG = 1.5  # what an editor wrote on both weighs more than what both happen to say
_COMMON = 5  # a word in more than a fifth of all articles says nothing


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article is about: `words` most telling first, one a line; `tags` folded."""

    words: str
    tags: tuple[str, ...]

    @property
    def marks(self) -> str:
        """Words and tags, which can be told apart, one a line."""
        return "\n".join((self.words, *(f"#{tag}" for tag in self.tags)))


@dataclass(slots=True)
class Known:
    """What was `found` by place, and the `marks` of all topics then; Relations keeps both up to date."""

    marks: tuple[str, ...] = ()
    found: dict[int, tuple[int, ...]] = field(default_factory=dict)


class Relations:
    """What is related to what. An article is looked at when it is asked for, which a preview does for few.

    What is `known` is looked for again only where it could be another now.
    """

    def __init__(self, topics: Iterable[Topic], known: Known | None = None) -> None:
        self._known = known or Known()
        marks = tuple(topic.marks for topic in topics)
        self._known.found = _still(self._known, marks)
        self._known.marks = self._marks = marks

    def closest(self, place: int, most: int = MOST) -> tuple[int, ...]:
        """The places of the earlier topics that the one at `place` shares most with, closest first."""
        found = self._known.found.get(place)
        if found is None:
            found = self._known.found[place] = self._find(place)
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
        counted = [(bisect_left(self._places[mark], place), mark) for mark in _split(self._marks[place])]
        known = [pair for pair in counted if pair[0] and (pair[0] * _COMMON <= place or pair[1][0] == "#")]
        return sorted(known)[:_RARE]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each mark stands, rising."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, marks in enumerate(self._marks):
            for mark in _split(marks):
                found[mark].append(place)
        return found


def _split(marks: str) -> set[str]:
    return set(marks.split("\n")) - {""}


def _still(known: Known, marks: tuple[str, ...]) -> dict[int, tuple[int, ...]]:
    """What is found in the same way among these: no earlier topic has gained or lost a mark that counts."""
    if known.marks == marks:
        return known.found
    still: dict[int, tuple[int, ...]] = {}
    moved: set[str] = set()
    for place, (old, new) in enumerate(zip(known.marks, marks, strict=False)):
        if old != new:
            moved |= _split(old) ^ _split(new)
        elif place in known.found and (not moved or moved.isdisjoint(new.split("\n"))):
            still[place] = known.found[place]
    return still
