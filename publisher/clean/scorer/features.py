"""Rows and the title in -> for each line that could go, its features: looks, neighbours, place, echoes.

All are numbers with a name (NAMES, in this order); nothing here is learned.
"""

from collections.abc import Sequence
from operator import itemgetter

from publisher.clean.scorer import echoes, places
from publisher.clean.scorer.cells import CELLS, PLACE
from publisher.clean.scorer.row import Row, candidates

BESIDE = (
    "words", "sentence_end", "capitals", "digits", "function_words", "person", "links", "known_sure",
    "known_words", "starts_small", "signals", "idiom_share",
)  # fmt: skip
SIDES = ("before", "after", "before2", "after2")
NAMES: tuple[str, ...] = (
    *CELLS,
    *(f"{side}_{name}" for side in SIDES for name in (*BESIDE, "gone", "held")),
    *places.NAMES,
    *echoes.NAMES,
    *places.WHOLE,
)
_beside = itemgetter(*(PLACE[name] for name in BESIDE))
_EDGE = (0.0,) * len(BESIDE) + (-1.0, 0.0)


def vectors(lines: Sequence[Row], title: str) -> dict[int, list[float]]:
    """Index of each row that is judged -> its features in the order of NAMES."""
    judged = candidates(lines)
    near = {at + step for at in judged for step in (-2, -1, 1, 2)}
    seen = [_seen_beside(row) if at in near else () for at, row in enumerate(lines)]
    beside = [_EDGE, _EDGE, *seen, _EDGE, _EDGE]
    where, said = places.places(lines, judged), echoes.echoes(lines, title, judged)
    whole = places.whole(lines)
    return {
        at: [
            *lines[at].look.cells,
            *beside[at + 1],
            *beside[at + 3],
            *beside[at],
            *beside[at + 4],
            *where[number],
            *said[number],
            *whole,
        ]
        for number, at in enumerate(judged)
    }


def _seen_beside(row: Row) -> tuple[float, ...]:
    return (*_beside(row.look.cells), float(row.gone), float(row.held))
