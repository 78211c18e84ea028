"""A segment in -> its files of the search index out: buckets of terms, and blocks of what is shown.

`search/2024/7.json` has every term whose key falls into bucket 7, each with its documents as a string;
`search/2024/b0.json` the first documents as they are shown. Both carry the segment's stamp: two files
with different stamps number the documents differently and must not be read together.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from publisher.model import Output
from publisher.search.documents import Document
from publisher.search.segments import Segment
from publisher.search.terms import terms, unspaced
from publisher.templating import Later

BLOCK = 16
_BUCKET_BYTES = 8_000
RANKS = 3
_BODY, _LEAD, _TITLE = range(RANKS)
# Digits that need no escape in JSON: the first half ends a number, the second half goes on.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")[:90]
_HALF = 45
_VALUES = {char: value for value, char in enumerate(DIGITS)}
Ranked = dict[str, int]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The files of a segment, and what the table says of it. `size` is that of all terms, in characters."""

    name: str
    documents: int
    buckets: int
    stamp: str
    outputs: tuple[Output, ...]
    size: int = 0


def index(segment: Segment, ranked: Iterable[Ranked] | None = None) -> Indexed:
    """The files of a segment; the same documents give the same bytes. `ranked`: their terms, if known."""
    packed = _packed(map(ranked_terms, segment.documents) if ranked is None else ranked)
    size = sum(weight(term, text) for term, text in packed.items())
    shares: list[dict[str, str]] = [{} for _ in range(buckets_for(size))]
    stamp = stamp_of(segment, len(shares))
    for term, text in packed.items():
        shares[bucket(term, len(shares))][term] = text
    files = (file(segment, place, stamp, share) for place, share in enumerate(shares))
    outputs = (*files, *blocks(segment, stamp))
    return Indexed(segment.name, len(segment.documents), len(shares), stamp, outputs, size)


def file(segment: Segment, place: int, stamp: str, share: dict[str, str]) -> Output:
    """A bucket of terms."""
    return Output(_path(segment, f"{place}"), _json([stamp, share]))


def blocks(segment: Segment, stamp: str) -> Iterator[Output]:
    """What is shown of the documents."""
    return (Output(path, _json([stamp, rows])) for path, rows in _blocks(segment))


def weight(term: str, text: str) -> int:
    """What a term and its packed documents take in a file."""
    return len(term) + len(text) + 6


def postponed(segment: Segment) -> Indexed:
    """The same for a preview: one bucket, and nothing is made before it is asked for."""
    stamp = stamp_of(segment, 1)
    whole = Later(_path(segment, "0"), lambda: _json([stamp, _packed(map(ranked_terms, segment.documents))]))
    return Indexed(segment.name, len(segment.documents), 1, stamp, (whole, *blocks(segment, stamp)))


def table(indexed: Iterable[Indexed]) -> Output:
    """`search/index.json`: a row for each segment, oldest first; the first file that a search asks for."""
    rows = [[each.name, each.documents, each.buckets, each.stamp] for each in indexed]
    return Output("search/index.json", _json(rows))


def buckets_for(size: int) -> int:
    """1, 2, 3, 4, 6, 8, 12, 16 …: another number moves every term, so it must not follow each edit."""
    wanted = max(1, -(-size // _BUCKET_BYTES))
    power = 1 << (wanted - 1).bit_length()
    between = power * 3 // 4
    return between if between >= wanted else power


def bucket(term: str, buckets: int) -> int:
    """The bucket of a term, by its first three characters, so that a prefix is in one (FNV-1a, 32 bit)."""
    value = 2166136261
    for char in term[: 1 if unspaced(term) else 3]:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return value % buckets


def pack(numbers: Iterable[int]) -> str:
    """Rising numbers as gaps, each in digits to the base of 45, the highest first."""
    before, text = 0, []
    for number in numbers:
        gap, before = number - before, number
        text.append(_GAPS[gap] if gap < _FEW else _digits(gap))
    return "".join(text)


def _digits(gap: int) -> str:
    digits = DIGITS[gap % _HALF]
    while gap := gap // _HALF:
        digits = DIGITS[_HALF + gap % _HALF] + digits
    return digits


_FEW = 2048  # gaps of nearly all terms that a segment has more than once
_GAPS = tuple(map(_digits, range(_FEW)))


def unpack(text: str) -> list[int]:
    """The numbers that `pack` was given."""
    numbers, number, gap = [], 0, 0
    for char in text:
        digit = _VALUES[char]
        gap = gap * _HALF + digit % _HALF
        if digit < _HALF:
            number += gap
            numbers.append(number)
            gap = 0
    return numbers


def ranked_terms(document: Document) -> Ranked:
    """Each term of a document, and the best place where it stands."""
    found = dict.fromkeys((*terms(document.text), *document.filters), _BODY)
    found |= dict.fromkeys(terms(document.lead), _LEAD)
    return found | dict.fromkeys(terms(document.title), _TITLE)


def _packed(ranked: Iterable[Ranked]) -> dict[str, str]:
    """For each term `RANKS × document + rank`, rising."""
    postings: defaultdict[str, array[int]] = defaultdict(partial(array, "Q"))
    for number, found in enumerate(ranked):
        for term, rank in found.items():
            postings[term].append(RANKS * number + rank)
    return {term: pack(numbers) for term, numbers in sorted(postings.items())}


def _blocks(segment: Segment) -> Iterator[tuple[str, list[list[str]]]]:
    for start in range(0, len(segment.documents), BLOCK):
        rows = [_row(each) for each in segment.documents[start : start + BLOCK]]
        yield _path(segment, f"b{start // BLOCK}"), rows


def _row(document: Document) -> list[str]:
    head = [document.href, document.title, document.day.isoformat(), document.said]
    return [*head, document.section, document.summary, *filter(None, (document.language,))]


def stamp_of(segment: Segment, buckets: int) -> str:
    """What the numbers of documents and buckets mean: the addresses in order, and how many buckets."""
    meant = "\n".join((str(buckets), *(each.href for each in segment.documents)))
    return blake2b(meant.encode(), digest_size=4).hexdigest()


def _path(segment: Segment, name: str) -> str:
    return f"search/{segment.name}/{name}.json"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
