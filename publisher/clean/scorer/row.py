"""One line of an article as the scorer sees it, and what rows have to do with each other."""

from collections.abc import Sequence
from typing import NamedTuple

from publisher.clean.scorer.looks import Look
from publisher.clean.structure import Kind


class Row(NamedTuple):
    """One line. `gone`: the rules took it; `held`: it has a form that protects it; `story`: a paragraph."""

    number: int
    look: Look
    kind: Kind
    gone: bool
    held: bool
    story: bool


def stretches(lines: Sequence[Row]) -> list[tuple[int, int]]:
    """(start, stop) of each run of lines between paragraphs; a paragraph is a run by itself."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        stop = start + 1
        while stop < len(lines) and not lines[start].story and not lines[stop].story:
            stop += 1
        found.append((start, stop))
        start = stop
    return found


def shape(row: Row) -> tuple[object, ...]:
    """What two lines of one list have in common: kind, rough length, how they end, whether in figures."""
    return row.kind, row.look.form


def candidates(lines: Sequence[Row]) -> list[int]:
    """Indexes of the rows that are judged: not gone, not held, and no paragraphs between two others."""
    story = [False, *(row.story for row in lines), False]
    return [
        at
        for at, row in enumerate(lines)
        if not (row.gone or row.held or (row.story and row.look.ended and story[at] and story[at + 2]))
    ]
