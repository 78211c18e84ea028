"""Lines in -> those around the story: before its second paragraph, and after its last."""

from collections.abc import Iterator
from functools import lru_cache

from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import prose
from publisher.model import Line

HEAD = 25  # lines; a longer head has lost its way


@lru_cache(8)
def paragraphs(lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Indexes of the lines that are paragraphs of the story, or have a form of their own."""
    kind = kinds(lines)
    return tuple(
        index
        for index, line in enumerate(lines)
        if kind[index] in PROTECTED or (kind[index] == "prose" and prose(line.text))
    )


def edges(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Lines before the story's third paragraph and after its last one, without paragraphs."""
    story = paragraphs(lines)
    stop = story[2] if len(story) > 2 else len(lines)
    last = story[-1] if story else -1
    inside = set(story)
    count = 0
    for index, line in enumerate(lines):
        if line.blank or index in inside:
            continue
        count += 1
        if (index < stop and count <= HEAD) or index > last:
            yield line
