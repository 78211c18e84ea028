"""Sketches in, in an order -> the pairs that are worth a closer look (locality-sensitive hashing).

Two texts meet if any of the bands of their sketches is equal (Leskovec, Rajaraman, Ullman: Mining of
Massive Datasets, 3.4). Time and memory are linear in the number of texts, also where thousands are the same.
"""

from collections.abc import Sequence

from publisher.similar.sketch import BANDS, BINS, alike

_BAND = 4 * BINS // BANDS  # bytes
_WORTH_A_LOOK = 0.15
_FIRST = 8  # of many texts with one band, each is held against so many of the earliest


def candidates(sketches: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs of indexes (earlier, later), sorted, whose texts may have much in common."""
    met: set[tuple[int, int]] = set()
    for start in range(0, 2 * BANDS * _BAND, _BAND):
        buckets: dict[bytes, list[int]] = {}
        for later, each in enumerate(sketches):
            if not each:
                continue
            bucket = buckets.setdefault(each[start : start + _BAND], [])
            met.update((earlier, later) for earlier in bucket)
            if len(bucket) < _FIRST:
                bucket.append(later)
    return sorted(pair for pair in met if alike(sketches[pair[0]], sketches[pair[1]]) >= _WORTH_A_LOOK)
