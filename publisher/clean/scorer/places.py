"""Rows in -> where each stands: in the whole, between the paragraphs, in its run of other lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter

from publisher.clean.scorer.cells import PLACE
from publisher.clean.scorer.row import Row, shape, stretches

RUN = (
    "digits", "starts_digit", "capitals", "function_words", "person", "starts_small", "links", "commas",
    "word_length", "signals",
)  # fmt: skip
NAMES = (
    "place", "lines_before", "lines_after", "story_before", "story_after", "to_story_before",
    "to_story_after", "words_before", "words_after", "gone_before", "gone_after", "gone_near",
    "kind_heading", "kind_item", "shape_run", "shape_count", "shape_gone", "run", "run_place", "run_words",
    "run_known", "run_gone", "run_sentences", *(f"run_{name}" for name in RUN), "run_items",
)  # fmt: skip
WHOLE = (
    "all_lines", "all_words", "all_story", "all_short", "all_gone", "all_sentences", "all_known", "all_items",
)  # fmt: skip
FAR = 12  # lines; what is farther away is as far as can be
_ENDED = PLACE["sentence_end"]
_run_cells = itemgetter(*(PLACE[name] for name in RUN))


def places(lines: Sequence[Row], judged: Sequence[int]) -> list[tuple[float, ...]]:
    """For each row in `judged` a tuple in the order of NAMES. Linear in the rows."""
    count = len(lines)
    story, taken = [row.story for row in lines], [row.gone for row in lines]
    stories = list(accumulate(story, initial=0))
    sizes = list(accumulate([0 if row.gone else row.look.size for row in lines], initial=0))
    gone = list(accumulate(taken, initial=0))
    before, after = _distances(story), _distances(story[::-1])[::-1]
    taken_before, taken_after = _streaks(taken), _streaks(taken[::-1])[::-1]
    shapes = [shape(row) for row in lines]
    shared, alike, runs = Counter(shapes), _same(shapes), _runs(lines, frozenset(judged))
    lost = Counter([one for one, away in zip(shapes, taken, strict=True) if away])
    total, last = max(1, sizes[count]), count - 1
    found: list[tuple[float, ...]] = []
    for at in judged:
        kind, low, high = lines[at].kind, max(0, at - 4), min(count, at + 5)
        found.append(
            (
                at / max(1, last),
                min(at, 40.0),
                min(last - at, 40.0),
                min(stories[at], 20.0),
                min(stories[count] - stories[at + 1], 20.0),
                before[at],
                after[at],
                sizes[at] / total,
                (sizes[count] - sizes[at + 1]) / total,
                taken_before[at],
                taken_after[at],
                (gone[high] - gone[low]) / (high - low),
                1.0 if kind == "heading" else 0.0,
                1.0 if kind == "item" else 0.0,
                min(alike[at], 20.0),
                shared[shapes[at]] / count,
                lost[shapes[at]] / shared[shapes[at]],
                *runs[at],
            )
        )
    return found


def whole(lines: Sequence[Row]) -> tuple[float, ...]:
    """What the article is like as a whole, in the order of WHOLE."""
    left = [row for row in lines if not row.gone]
    count = len(left) or 1
    sizes = [row.look.size for row in left]
    return (
        min(count, 200.0),
        min(sum(sizes), 3000.0),
        sum([row.look.size for row in left if row.story]) / max(1, sum(sizes)),
        sum([size < 8 for size in sizes]) / count,
        1 - len(left) / max(1, len(lines)),
        sum([row.look.end[_ENDED] for row in left]) / count,
        sum([row.look.known for row in left]) / count,
        sum([row.kind == "item" for row in left]) / count,
    )


def _distances(story: Sequence[bool]) -> list[float]:
    """Lines since the last paragraph (1: right after it); FAR when there is none so far."""
    found, last = [], -FAR
    for at, is_story in enumerate(story):
        found.append(float(min(FAR, at - last)))
        last = at if is_story else last
    return found


def _streaks(gone: Sequence[bool]) -> list[float]:
    """How many lines right before each were taken (at most 5)."""
    found, streak = [], 0
    for is_gone in gone:
        found.append(float(min(5, streak)))
        streak = streak + 1 if is_gone else 0
    return found


def _same(shapes: Sequence[object]) -> list[int]:
    """How long the run of lines of one shape is that each stands in."""
    found: list[int] = []
    start = 0
    for stop in range(1, len(shapes) + 1):
        if stop == len(shapes) or shapes[stop] != shapes[start]:
            found += [stop - start] * (stop - start)
            start = stop
    return found


def _runs(lines: Sequence[Row], judged: frozenset[int]) -> list[tuple[float, ...]]:
    """Of the run between paragraphs each stands in: its length, the place in it, what its lines are like.

    Nothing of a run without lines that are judged.
    """
    found: list[tuple[float, ...]] = []
    for start, stop in stretches(lines):
        run, length = lines[start:stop], stop - start
        if judged.isdisjoint(range(start, stop)):
            found += [()] * length
            continue
        left = [row for row in run if not row.gone] or run
        count = len(left)
        told = (
            min(sum([row.look.size for row in left]) / count, 60.0),
            sum([row.look.known for row in run]) / length,
            sum([row.gone for row in run]) / length,
            sum([row.look.end[_ENDED] for row in left]) / count,
            *_means([_run_cells(row.look.cells) for row in left]),
            sum([row.kind == "item" for row in left]) / count,
        )
        found += [(min(length, 40.0), place / length, *told) for place in range(length)]
    return found


def _means(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return rows[0] if len(rows) == 1 else tuple([sum(row) / len(rows) for row in zip(*rows, strict=True)])
