"""Lines in -> one mark for each that is not blank: its form, and what the lexicon says of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publisher.clean.book import Grade
from publisher.clean.dates import only_dated
from publisher.clean.memory import remembered
from publisher.clean.phrases import grade
from publisher.clean.structure import PROTECTED, Kind, kinds, stanza
from publisher.clean.text import ends_sentence, prose, size
from publisher.model import Line

COUPLET = 8  # words of a line of verse
LEAD = 5  # words of a sentence that announces a list, at least


class Mark(NamedTuple):
    """One line that is not blank, with what the lexicon says of it (nothing for protected lines)."""

    line: Line
    kind: Kind
    grade: Grade | None

    @property
    def sure(self) -> bool:
        return self.grade is not None and self.grade.strength == "sure" and self.kind != "heading"

    @property
    def story(self) -> bool:
        """Whether the line belongs to the body for certain: a paragraph, or something with a form."""
        text = self.line.text
        return self.kind in PROTECTED or (self.grade is None and prose(text) and not only_dated(text))

    @property
    def sentence(self) -> bool:
        """Whether the line ends as a statement does; headlines ask, exclaim or trail off."""
        text = self.line.text
        return ends_sentence(text) and not text.rstrip().endswith(("?", "...", "…", "!"))

    @property
    def said(self) -> bool:
        """Whether the line is a sentence of the story, or has a form of its own."""
        return self.kind in PROTECTED or (self.grade is None and size(self.line.text) >= 8 and self.sentence)


def button(mark: Mark) -> bool:
    """Whether a line can be nothing but furniture: no title reads like it."""
    return mark.sure and size(mark.line.text) <= 4


@remembered
def marks_of(lines: tuple[Line, ...]) -> tuple[Mark, ...]:
    """One mark for each line that is not blank."""
    every = [
        Mark(line, kind, None if kind in PROTECTED else _grade(lines, at))
        for at, (line, kind) in enumerate(zip(lines, kinds(lines), strict=True))
        if kind != "blank"
    ]
    return tuple(_lists_settled(every))


def _grade(lines: tuple[Line, ...], at: int) -> Grade | None:
    """What the lexicon says of a line, unless it begins a verse that the next line goes on with."""
    found = grade(lines[at].text)
    if found and _goes_on(lines[at].text, found):
        return None
    below = lines[at + 1].text if found and at + 1 < len(lines) else ""
    verse = below[:1].islower() and grade(below) is None and (stanza(lines, at) or _couplets(lines, at))
    return None if verse else found


def _couplets(lines: tuple[Line, ...], at: int) -> bool:
    """Whether a line and the next one are parted from the rest, and the two above or below them as well."""
    texts = [lines[near].text if 0 <= near < len(lines) else "" for near in range(at - 4, at + 6)]
    if texts[3] or texts[6]:
        return False
    couples = [texts[near : near + 2] for near, end in ((1, 0), (7, 9)) if not texts[end]]
    return any(all(pair) and max(map(size, pair)) <= COUPLET for pair in couples)


def _goes_on(text: str, found: Grade) -> bool:
    """Whether a line ends with a comma: the next one goes on with it, if it is no list of tags."""
    said = text.rstrip().endswith((",", ";", "،")) and "](" not in text and size(text) > 1
    return said and (found.strength == "likely" or size(text) <= LEAD)


def _lists_settled(marks: Sequence[Mark]) -> Iterator[Mark]:
    """A list is furniture as a whole or not at all: one item like "Share" does not condemn a list."""
    start = 0
    while start < len(marks):
        stop = start + 1
        if marks[start].kind == "item":
            while stop < len(marks) and marks[stop].kind == "item":
                stop += 1
            items = marks[start:stop]
            headed = start > 0 and _announces(marks[start - 1])
            whole = not headed and all(mark.grade is not None for mark in items)
            yield from items if whole else _buttons(items)
        else:
            yield marks[start]
        start = stop


def _announces(mark: Mark) -> bool:
    """Whether the line above a list makes it the story's: a heading, or a sentence that ends with a colon."""
    text = mark.line.text.rstrip()
    return mark.grade is None and (mark.kind == "heading" or (text.endswith(":") and size(text) >= LEAD))


def _buttons(items: Sequence[Mark]) -> Iterator[Mark]:
    """Of a list with other things in it only a row of three share buttons or more is furniture."""
    start = 0
    while start < len(items):
        stop = start + 1
        while stop < len(items) and _button(items[stop]) and _button(items[start]):
            stop += 1
        if stop - start >= 3:
            yield from items[start:stop]
        else:
            yield from (Mark(mark.line, mark.kind, None) for mark in items[start:stop])
        start = stop


def _button(mark: Mark) -> bool:
    return mark.grade is not None and mark.grade.family == "share"
