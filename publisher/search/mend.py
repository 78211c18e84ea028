"""The index of a segment and what is new in it -> the index as it would be made from all its documents.

Only the files whose terms have changed are read and made again.
"""

import json
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from publisher.model import Output
from publisher.search.index import (
    RANKS,
    Indexed,
    Ranked,
    blocks,
    bucket,
    buckets_for,
    file,
    pack,
    stamp_of,
    unpack,
    weight,
)
from publisher.search.segments import Segment


@dataclass(frozen=True, slots=True)
class Change:
    """The terms of the document at a place, `before` (none if it is new, at the end) and `after`."""

    place: int
    before: Ranked
    after: Ranked


@dataclass(frozen=True, slots=True)
class _Moves:
    """Numbers that a term loses and gains."""

    lost: list[int] = field(default_factory=list)
    won: list[int] = field(default_factory=list)


def mend(made: Indexed, segment: Segment, changes: Iterable[Change]) -> Indexed | None:
    """None where the terms need another number of files. All other documents are as they were, and where."""
    size, shares = made.size, dict[int, dict[str, str]]()
    for place, moves in _moves(changes, made.buckets).items():
        share: dict[str, str] = json.loads(made.outputs[place].content)[1]
        size += sum([_move(share, term, each) for term, each in moves.items()])
        shares[place] = dict(sorted(share.items()))
    if buckets_for(size) != made.buckets:
        return None
    stamp = stamp_of(segment, made.buckets)
    files = (
        file(segment, place, stamp, shares[place]) if place in shares else _stamped(output, made.stamp, stamp)
        for place, output in enumerate(made.outputs[: made.buckets])
    )
    outputs = (*files, *blocks(segment, stamp))
    return Indexed(segment.name, len(segment.documents), made.buckets, stamp, outputs, size)


def _moves(changes: Iterable[Change], buckets: int) -> Mapping[int, Mapping[str, _Moves]]:
    """By file, then by term."""
    found: defaultdict[int, defaultdict[str, _Moves]] = defaultdict(lambda: defaultdict(_Moves))
    for change in changes:
        for term, rank in change.before.items() - change.after.items():
            found[bucket(term, buckets)][term].lost.append(RANKS * change.place + rank)
        for term, rank in change.after.items() - change.before.items():
            found[bucket(term, buckets)][term].won.append(RANKS * change.place + rank)
    return found


def _move(share: dict[str, str], term: str, moves: _Moves) -> int:
    """Changes what the file has of a term; by how much it grows."""
    before = share.pop(term, None)
    numbers = [number for number in unpack(before or "") if number not in moves.lost]
    for number in moves.won:
        insort(numbers, number)
    grown = 0 if before is None else -weight(term, before)
    if numbers:
        share[term] = pack(numbers)
        grown += weight(term, share[term])
    return grown


def _stamped(output: Output, before: str, after: str) -> Output:
    """The stamp is the first that stands in a file."""
    if before == after:
        return output
    return Output(output.path, output.content.replace(before.encode(), after.encode(), 1))
