"""Invented articles -> what their search index costs: all of it, and what one more article makes anew.

python -m benchmarks.search [ARTICLES ...]
"""

import re
import sys
import time
from datetime import date

from benchmarks import corpus
from benchmarks.pages import table
from publisher.prose import Prose
from publisher.search.documents import Document
from publisher.search.index import index
from publisher.search.segments import Segment, segments

COUNTS = (1_000, 10_000)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def document(number: int, count: int) -> Document:
    """Article `number` of `count` as the index takes it."""
    made = corpus.article(number, count)
    _, head, text = made.text.split("---\n", 2)
    found = _DATE.search(head)
    assert found  # noqa: S101 - the corpus dates its articles
    title = head.partition('"')[2].partition('"')[0]
    section = made.path.partition("/")[0].title()
    day = date.fromisoformat(found[0])
    return Document(
        f"/{made.path}/", day, found[0], title, section, text[:180], "", text[:200], Prose("", text)
    )


def built(held: tuple[Segment, ...]) -> tuple[float, int, int]:
    """CPU seconds of these segments, their files and bytes."""
    begun = time.process_time()
    sizes = [len(output.content) for segment in held for output in index(segment).outputs]
    return time.process_time() - begun, len(sizes), sum(sizes)


def row(count: int) -> list[str]:
    """Figures for so many articles."""
    every = tuple(document(number, count) for number in range(count))
    whole = segments(every)
    seconds, number, size = built(whole)
    more = segments((*every, document(count + 1, count + 1)))
    anew = tuple(segment for segment in more if segment not in whole)
    again, fewer, _ = built(anew)
    return [
        f"{count:,}", f"{seconds:.2f}", f"{1000 * seconds / count:.2f}", f"{number:,}", f"{size / 1e6:.1f}",
        f"{again:.3f}", f"{fewer:,}",
    ]  # fmt: skip


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    head = ["articles", "CPU s", "ms each", "files", "MB", "one more: CPU s", "files made anew"]
    sys.stdout.write(f"{table([head, *map(row, counts)])}\n")


if __name__ == "__main__":
    main()
