"""Stories with their sketches -> which later ones are near copies or updates, and of which earlier one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from publisher.similar.pairs import candidates
from publisher.similar.sketch import shingles

LEAST = 25  # shingles; two notices of a few lines are alike by nature
_ALIKE = 0.4
_HELD = 0.7
_UPDATED = 0.6
_NOTHING_NEW = 0.97
_CACHE = 256


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared. `names` are the source's own, the telling one first; a folder is none."""

    path: str
    date: datetime
    authors: frozenset[str]
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Twin:
    """The later of two stories, and the earlier one.

    `alike` is the share of shingles they have in common (Jaccard), `held` the share of the first story
    that the later one holds, `taken` the share of the later one that stands in the first.
    """

    kind: Literal["copy", "update"]
    first: Story
    later: Story
    alike: float
    held: float
    taken: float


def twins(stories: Sequence[Story], sketches: Mapping[str, bytes]) -> tuple[Twin, ...]:
    """Each later story with the earliest one that it is a copy or an update of, by path.

    `sketches` by path; a story without one is not compared. Of stories of one moment, the first by
    path is the earlier.
    """
    ordered = sorted(stories, key=lambda story: (story.date, story.path))
    found: dict[str, Twin] = {}
    compare = lru_cache(_CACHE)(shingles)
    for first, later in candidates([sketches.get(story.path, b"") for story in ordered]):
        if ordered[later].path in found:
            continue
        earlier, again = ordered[first], ordered[later]
        if twin := _twin(earlier, again, compare(earlier.text), compare(again.text)):
            found[again.path] = twin
    return tuple(found[path] for path in sorted(found))


def _twin(first: Story, later: Story, one: frozenset[int], other: frozenset[int]) -> Twin | None:
    if min(len(one), len(other)) < LEAST:
        return None
    common = len(one & other)
    alike = common / (len(one) + len(other) - common)
    held, taken = common / len(one), common / len(other)
    if alike < _ALIKE and max(held, taken) < _HELD:
        return None
    again = held >= _UPDATED and taken < _NOTHING_NEW and later.date > first.date
    kind: Literal["copy", "update"] = "update" if again and _same_hand(first, later) else "copy"
    return Twin(kind, first, later, alike, held, taken)


def _same_hand(first: Story, later: Story) -> bool:
    """Whether both come from one source, or, where one of them names none, from one author."""
    if first.names and later.names:
        return not set(first.names).isdisjoint(later.names)
    return not first.authors.isdisjoint(later.authors)
