"""The lines of an article in -> the same, where words of buttons are spared that are part of a form.

A form shows by its repetition: the entries of a glossary, the clues of a crossword, the steps of a guide.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.clean.marks import Mark
from publisher.clean.text import ends_sentence, label, plain, size

ENTRIES, PLAIN = 3, 2  # of a glossary, at least, and how many of them have nothing of a button
ALIKE = 3  # other lines of one shape
HEAD, LONGEST = 4, 4  # words of what an entry explains; lines of an entry
STEP, STEPS, NEAR = 12, 3, 3  # words of a step, steps near another, and how near
TIMES = 3
_BUTTONS = frozenset({"share", "comments", "ads", "subscribe", "newsletter", "apps"})
_WORDS = re.compile(r"[^\W\d_]+(?:[\s'’-]+[^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")


def formless(marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks; what heads an entry among others, or is one of many lines of a form, is no button."""
    if all(mark.grade is None for mark in marks):
        return marks
    blocks = list(_blocks(marks))
    spared = {*_entered(marks, blocks), *_alike(marks, blocks), *_steps(marks)}
    return [mark._replace(grade=None) if at in spared else mark for at, mark in enumerate(marks)]


def recurring(marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks; a button's words that stand alone behind TIMES paragraphs, or more, are surely a button."""
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(1, len(marks)):
        mark, above = marks[at], marks[at - 1]
        said = label(mark.line.text)
        button = mark.grade is not None and mark.grade.family in _BUTTONS and mark.kind == "prose"
        apart = above.story and mark.line.number > above.line.number + 1
        if button and apart and said[:1] != "0" and not ends_sentence(mark.line.text):
            alone[said].append(at)
    often = {at for places in alone.values() if len(places) >= TIMES for at in places}
    sure = [mark.grade and replace(mark.grade, strength="sure") for mark in marks]
    return [mark._replace(grade=sure[at]) if at in often else mark for at, mark in enumerate(marks)]


def _blocks(marks: Sequence[Mark]) -> Iterator[range]:
    """The indexes of each block of lines without a blank line between."""
    start = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at].line.number != marks[at - 1].line.number + 1:
            yield range(start, at)
            start = at


def _entered(marks: Sequence[Mark], blocks: Sequence[range]) -> Iterator[int]:
    """The heads of entries: a label, and right below it a sentence of the story."""
    heads = [block[0] for block in blocks if 2 <= len(block) <= LONGEST and _entry(marks, block)]
    if len(heads) >= ENTRIES and sum(marks[at].grade is None for at in heads) >= PLAIN:
        yield from heads


def _entry(marks: Sequence[Mark], block: range) -> bool:
    head, *below = (marks[at] for at in block)
    told = all(mark.grade is None and mark.kind == "prose" for mark in below)
    short = head.kind == "prose" and size(head.line.text) <= HEAD and not ends_sentence(head.line.text)
    return told and short and below[-1].sentence


def _alike(marks: Sequence[Mark], blocks: Sequence[range]) -> Iterator[int]:
    """Lines with figures in a block of others that are written alike, most of which are nobody's buttons."""
    for block in blocks:
        if len(block) <= ALIKE or all(marks[at].grade is None for at in block):
            continue
        shapes = {at: _shape(marks[at].line.text) for at in block}
        count = Counter(shapes.values())
        unknown = Counter(shapes[at] for at in block if marks[at].grade is None)
        for at, shape in shapes.items():
            if "0" in shape and count[shape] > ALIKE and 2 * unknown[shape] >= count[shape]:
                yield at


def _shape(text: str) -> str:
    """How a line is written: its figures and signs, and one letter for its words."""
    return _DIGITS.sub("0", _WORDS.sub("w", plain(text)))


def _steps(marks: Sequence[Mark]) -> Iterator[int]:
    """Short sentences among others that end in a full stop, as a guide's steps do and buttons do not."""
    for at, mark in enumerate(marks):
        if mark.grade is None or not _step(mark):
            continue
        near = [*marks[max(0, at - NEAR) : at], *marks[at + 1 : at + 1 + NEAR]]
        steps = [each for each in near if _step(each)]
        if (
            len(steps) >= STEPS
            and sum(each.grade is None for each in steps) > 1
            and not any(each.sure for each in near)
        ):
            yield at


def _step(mark: Mark) -> bool:
    text = plain(mark.line.text)
    return mark.kind == "prose" and text.endswith((".", "。")) and mark.sentence and size(text) <= STEP
