"""Reads the files of an index as `search.js` does, for tests that need no browser."""

import json
from collections.abc import Iterable
from datetime import date

from publisher.model import Output
from publisher.prose import Prose
from publisher.search.documents import Document
from publisher.search.index import BLOCK, DIGITS, Indexed, bucket, index
from publisher.search.segments import segments
from publisher.search.terms import terms

Files = dict[str, bytes]


def document(name: str, text: str = "", title: str = "", lead: str = "", day: str = "2026-03-05") -> Document:
    return Document(f"/{name}/", date.fromisoformat(day), day, title, "Town", "", "", lead, Prose("", text))


def indexed(documents: Iterable[Document]) -> tuple[Indexed, ...]:
    return tuple(map(index, segments(documents)))


def files(outputs: Iterable[Output]) -> Files:
    return {output.path: output.content for output in outputs}


def unpack(text: str) -> list[int]:
    numbers, number, gap = [], 0, 0
    for char in text:
        digit = DIGITS.index(char)
        gap = gap * 45 + digit % 45
        if digit < 45:
            number += gap
            numbers.append(number)
            gap = 0
    return numbers


def postings(made: Indexed, term: str) -> list[int]:
    """The numbers of a term in a segment, as they are written."""
    stamp, share = json.loads(files(made.outputs)[f"search/{made.name}/{bucket(term, made.buckets)}.json"])
    assert stamp == made.stamp
    return unpack(share.get(term, ""))


def find(indexes: Iterable[Indexed], query: str) -> list[str]:
    """The addresses of the documents that have every term of the query, best first, then newest."""
    wanted = terms(query)
    found: list[tuple[int, int, int, str]] = []
    for place, made in enumerate(indexes):
        held = [{n // 3: (1, 4, 16)[n % 3] for n in postings(made, term)} for term in wanted]
        for number in set(held[0]).intersection(*held[1:]) if held else ():
            worth = sum(each[number] for each in held)
            found.append((worth, place, number, _href(made, number)))
    return [href for *_, href in sorted(found, reverse=True)]


def _href(made: Indexed, number: int) -> str:
    stamp, rows = json.loads(files(made.outputs)[f"search/{made.name}/b{number // BLOCK}.json"])
    assert stamp == made.stamp
    return str(rows[number % BLOCK][0])
