"""Lines in -> those around the story: before its first or third paragraph, and after its last."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.clean.memory import remembered
from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import prose
from publisher.lazily import lazily
from publisher.model import Article, Line

if TYPE_CHECKING:
    from publisher.clean import dates
else:  # commands that clean nothing read what is known of sources
    dates = lazily("publisher.clean.dates")

LABELLED = 3  # lines of the head of a letter, at least
_LABELLED = re.compile(r"[^\W\d][^:\n]{1,20}:\s\S")


@remembered
def paragraphs(lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Indexes of the lines that are paragraphs of the story, or have a form of their own."""
    return tuple(
        index
        for index, (kind, line) in enumerate(zip(kinds(lines), lines, strict=True))
        if kind in PROTECTED or (kind == "prose" and prose(line.text) and not dates.only_dated(line.text))
    )


@remembered
def opening(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines before the first paragraph that are not blank; all, if there is no paragraph."""
    story = paragraphs(lines)
    return tuple(line for line in lines[: story[0] if story else len(lines)] if not line.blank)


def below_title(article: Article) -> tuple[Line, ...]:
    """The opening without its first line, if that may still be the title."""
    return opening(article.lines)[0 if article.front.title else 1 :]


@remembered
def closing(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines after the last paragraph that are not blank; none, if there is no paragraph."""
    story = paragraphs(lines)
    return tuple(line for line in lines[story[-1] + 1 :] if not line.blank) if story else ()


@remembered
def edges(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines before the third paragraph and after the last one, without paragraphs and blank lines."""
    return tuple(_edges(lines))


def _edges(lines: tuple[Line, ...]) -> Iterator[Line]:
    story = paragraphs(lines)
    quoted = _headers(lines, story)
    stop = story[2] if len(story) > 2 else len(lines)
    last = story[-1] if story else -1
    inside = set(story)
    for index, line in enumerate(lines):
        near = (index < stop or index > last) and index not in quoted
        if near and index not in inside and not line.blank:
            yield line


def _headers(lines: tuple[Line, ...], story: Sequence[int]) -> frozenset[int]:
    """Indexes of labelled lines between two paragraphs, LABELLED or more in a row: a letter's "From: ...".

    What stands so above the story is the page's own data.
    """
    found: set[int] = set()
    for before, after in pairwise(story):
        labelled = [at for at in range(before + 1, after) if _LABELLED.match(lines[at].text)]
        if len(labelled) >= LABELLED and labelled[-1] - labelled[0] < len(labelled):
            found.update(labelled)
        if len(story) > 2 and before == story[2]:
            break  # no edge is farther in
    return frozenset(found)
