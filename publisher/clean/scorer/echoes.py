"""Rows and the title in -> what the rest of the article says of each line's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from publisher.clean.scorer.row import Row, stretches
from publisher.clean.text import counted, words

NAMES = (
    "said_elsewhere", "said_in_story", "new_words", "best_match", "match_longer", "match_later", "contained",
    "repeated", "title_words", "is_title", "off_subject_before", "off_subject_after", "run_said",
)  # fmt: skip
RAREST, NEAREST = 4, 5  # words of a line, and lines with each of them, that are compared
SEARCHED = 10_000  # characters of a line in which another is looked for
NEUTRAL = 0.5  # of a line without words of its own


class Match(NamedTuple):
    """The line that holds most of another's words: their share; is it longer, later; is the other in it."""

    share: float = 0.0
    longer: float = 0.0
    later: float = 0.0
    contained: float = 0.0


NOTHING = Match()


def echoes(lines: Sequence[Row], title: str, judged: Sequence[int]) -> list[tuple[float, ...]]:
    """For each row in `judged` a tuple in the order of NAMES. Each word is looked at a few times at most."""
    told, twice = counted(row.look.content for row in lines if row.story)
    other, others = counted(row.look.content for row in lines if not row.story)
    shared = twice | others | (told & other)
    common = [lines[at].look.content & shared for at in judged]
    where = _places(lines, frozenset().union(*common))
    near = {at + step for at in judged for step in (-1, 0, 1)}
    said = [
        _said(row, twice if row.story else told) if at in near or not row.story else NEUTRAL
        for at, row in enumerate(lines)
    ]
    said = [NEUTRAL, *said, NEUTRAL]
    around, again = _around(lines, said), Counter([row.look.said for row in lines])
    named = frozenset(words(title))
    found: list[tuple[float, ...]] = []
    for at, own in zip(judged, common, strict=True):
        look = lines[at].look
        count = len(look.content)
        found.append(
            (
                len(own) / count if count else NEUTRAL,
                said[at + 1],
                min(count - len(own), 12.0),
                *(_match(lines, at, own, where) if own and count > 1 else NOTHING),
                min(again[look.said] - 1, 4.0),
                *(_titled(words(look.text), named) if named else (0.0, 0.0)),
                said[at],
                said[at + 2],
                around[at],
            )
        )
    return found


def _places(lines: Sequence[Row], asked: frozenset[str]) -> Mapping[str, Sequence[int]]:
    """Where each of the words stands that are asked for."""
    found: dict[str, list[int]] = {word: [] for word in asked}
    for at, row in enumerate(lines):
        for word in row.look.content & asked:
            found[word].append(at)
    return found


def _titled(tokens: tuple[str, ...], named: frozenset[str]) -> tuple[float, float]:
    if not tokens:
        return 0.0, 0.0
    return sum(map(named.__contains__, tokens)) / len(tokens), float(named == frozenset(tokens))


def _said(row: Row, told: AbstractSet[str]) -> float:
    """The share of a line's subject words that are `told` by paragraphs (other ones)."""
    content = row.look.content
    return len(content & told) / len(content) if content else NEUTRAL


def _around(lines: Sequence[Row], said: Sequence[float]) -> list[float]:
    """The mean of `said` (which has one more at either end) over the run of lines that each stands in."""
    found: list[float] = []
    for start, stop in stretches(lines):
        left = [said[at + 1] for at in range(start, stop) if not lines[at].gone] or [NEUTRAL]
        found += [sum(left) / len(left)] * (stop - start)
    return found


def _match(
    lines: Sequence[Row], at: int, shared: frozenset[str], where: Mapping[str, Sequence[int]]
) -> Match:
    own = lines[at].look
    best, other = 0, at
    rare = [word for _, word in sorted([(len(where[word]), word) for word in shared])[:RAREST]]
    for place in dict.fromkeys([place for word in rare for place in where[word][:NEAREST]]):
        count = len(shared & lines[place].look.content) if place != at else 0
        if count > best:
            best, other = count, place
    share, twin = best / len(own.content), lines[other].look
    inside = share >= 0.7 and f" {own.said} " in f" {twin.said[:SEARCHED]} "
    return Match(share, float(twin.size > own.size), float(other > at), float(inside))
