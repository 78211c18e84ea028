"""Rows, their features and what the first pass thinks of each -> features of the second pass.

Page furniture comes in runs and so does the story: the second pass sees what the first one thinks of the
lines around, of the run, of lines of the same shape, and of the article as a whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp
from operator import itemgetter

from publisher.clean.scorer import features
from publisher.clean.scorer.row import Row, shape, stretches

INSIDE = -3.0  # logit of a paragraph between two others, which is not judged
LIMIT = 6.0  # logits beyond are as sure as can be; so sure are lines that the rules took, or a form holds
_OWN = (
    "words", "sentence_end", "asks", "colon_end", "capitals", "digits", "function_words", "links",
    "quotes", "known_words", "signals", "signal_share", "year", "time", "agency",
    "opens_known", "contained", "starts_mark", "person", "stamp", "said_in_story", "best_match",
    "match_later", "match_longer", "repeated", "title_words", "story_before", "story_after",
    "to_story_before", "to_story_after", "run", "run_words", "run_said", "run_digits", "run_capitals",
    "run_function_words", "run_items", "run_signals", "shape_run", "shape_count", "kind_heading",
    "kind_item", "all_lines", "all_words", "all_story", "all_short", "all_gone", "words_before",
    "words_after", "commas", "starts_small", "idiom_call", "idiom_note", "idiom_page", "shape_gone", "kicker",
)  # fmt: skip
FIRST = (
    "first", "first_before", "first_after", "first_before2", "first_after2", "first_before3", "first_after3",
    "first_near", "first_wide", "first_run_mean", "first_run_most", "first_run_least", "first_run_share",
    "streak", "streak_words", "streak_mean", "story_like_before", "story_like_after", "first_alike",
    "first_all", "first_all_words", "first_all_lines", "first_both_sides",
)  # fmt: skip
NAMES: tuple[str, ...] = (*FIRST, *_OWN)
FAR = 12
_own = itemgetter(*(features.NAMES.index(name) for name in _OWN))


def vectors(
    lines: Sequence[Row], first: Mapping[int, Sequence[float]], logits: Mapping[int, float]
) -> dict[int, list[float]]:
    """`first`: features of the lines that could go; `logits`: the first pass on them, at least for those.

    What comes out is for the keys of `first`; lines with a logit but without features are seen as beside.
    """
    views = [
        LIMIT if row.gone else -LIMIT if row.held else max(-LIMIT, min(LIMIT, logits.get(at, INSIDE)))
        for at, row in enumerate(lines)
    ]
    chances = [1 / (1 + exp(-view)) for view in views]
    runs, streaks = _runs(lines, views, chances), _streaks(lines, views)
    low = [chance < 0.2 for chance in chances]
    before, after = _since(low), _since(low[::-1])[::-1]
    alike, whole = _alike(lines, views), _whole(lines, chances)
    sums = list(accumulate(views, initial=0.0))
    padded = [0.0, 0.0, 0.0, *views, 0.0, 0.0, 0.0]
    found = {}
    for at, cells in first.items():
        b3, b2, b1, own, a1, a2, a3 = padded[at : at + 7]
        found[at] = [
            *(own, b1, a1, b2, a2, b3, a3),
            _mean_beside(sums, views, at, 2),
            _mean_beside(sums, views, at, 5),
            *runs[at],
            *streaks[at],
            before[at],
            after[at],
            alike[at],
            *whole,
            min(max(b1, b2), max(a1, a2)),
            *_own(cells),
        ]
    return found


def _mean_beside(sums: Sequence[float], views: Sequence[float], at: int, reach: int) -> float:
    low, high = max(0, at - reach), min(len(views), at + reach + 1)
    return (sums[high] - sums[low] - views[at]) / max(1, high - low - 1)


def _runs(
    lines: Sequence[Row], views: Sequence[float], chances: Sequence[float]
) -> list[tuple[float, float, float, float]]:
    found = []
    for start, stop in stretches(lines):
        part = views[start:stop]
        share = sum([view > 0 for view in part]) / (stop - start)
        found += [(sum(part) / (stop - start), max(part), min(part), share)] * (stop - start)
    return found


def _streaks(lines: Sequence[Row], views: Sequence[float]) -> list[tuple[float, float, float]]:
    """The run of lines on the same side of the fence: its length (negative: story), words, mean."""
    found: list[tuple[float, float, float]] = []
    start = 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or (views[stop] > 0) != (views[start] > 0):
            length = stop - start
            size = min(sum([row.look.size for row in lines[start:stop]]), 400.0)
            sign = 1.0 if views[start] > 0 else -1
            found += [(sign * min(length, 40), size, sum(views[start:stop]) / length)] * length
            start = stop
    return found


def _since(low: Sequence[bool]) -> list[float]:
    found, last = [], -FAR
    for at, is_low in enumerate(low):
        found.append(float(min(FAR, at - last)))
        last = at if is_low else last
    return found


def _alike(lines: Sequence[Row], views: Sequence[float]) -> list[float]:
    """The mean of the other lines of the same shape; a line of a shape of its own: its own view."""
    sums: defaultdict[tuple[object, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    shapes = [shape(row) for row in lines]
    for row, key, view in zip(lines, shapes, views, strict=True):
        if not row.gone:
            sums[key][0] += view
            sums[key][1] += 1
    return [
        (sums[key][0] - view) / (sums[key][1] - 1) if sums[key][1] > 1 else view
        for key, view in zip(shapes, views, strict=True)
    ]


def _whole(lines: Sequence[Row], chances: Sequence[float]) -> tuple[float, float, float]:
    left = [(row.look.size, chance) for row, chance in zip(lines, chances, strict=True) if not row.gone]
    count, size = max(1, len(left)), max(1, sum(length for length, _ in left))
    return (
        sum(chance for _, chance in left) / count,
        sum(length * chance for length, chance in left) / size,
        sum(chance > 0.5 for _, chance in left) / count,
    )
