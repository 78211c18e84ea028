"""The headline below the labels of the page: its section, the way to it, a bar of buttons.

Why: A text copied from a page begins with "Home" or "Sport"; taken for the title, that heads the article.

Fix: With no title in front matter a headline above the first paragraph moves there, if everything above it
is a label of the page (one that is known, at least), and the story takes up one of its words. The labels
are dropped; dates and bylines are left to their own rules.

Example: "News", "Local", and below them "Harbour bridge reopens"
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.clean.dates import clock_line, stamps
from publisher.clean.imprint import imprint
from publisher.clean.marks import Mark, marks_of
from publisher.clean.names import byline, credit
from publisher.clean.phrases import grade
from publisher.clean.place import paragraphs
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.rules.mojibake import mended
from publisher.clean.text import plain, size, truncated, words
from publisher.model import Article, Finding, Line

CODE = "PR011"
HEAD = 16  # lines above the story, at most
LABEL, LONGEST, ASKED = 3, 30, 20  # words of a label; of a headline; of one that ends as a sentence
NEAR = 6  # lines within which the story begins below a title that reads like a label
STEM, TOLD = 5, 5  # letters in which forms of a word agree; paragraphs that are asked
_TRAIL = re.compile(r"\w\s*[»›>→]\s*\w|[»›→]\s*$")
_ADDRESS = re.compile(r"\s*<?(?:https?://|www\.)\S+>?\s*")
_POINTS = "\"'“”„‘’«»‹›.,:;!?()[]…"
_SENTENCE = (".", "。", "।", "۔", ":", ";", ",")


def check(article: Article) -> Iterator[Finding]:
    if article.front.title:
        return
    head = _head(article.lines)
    if not (at := _headline(head, article.lines)):
        return
    title = plain(head[at].line.text).rstrip("# ").strip()
    if mended(title) != title:  # what is broken in it is seen to first
        return
    for mark in head[:at]:
        if not _data(mark.line.text):
            yield drop(CODE, mark.line, f"above the headline: {quote(mark.line.text)}", 0.92)
    yield move(CODE, [head[at].line], ("title", title), 0.95)


def labelled(lines: tuple[Line, ...]) -> bool:
    """Whether the first line is a label of the page, and no title: a headline or much else is below it."""
    marks = marks_of(lines)
    if not marks or marks[0].grade is None or marks[0].kind == "heading":
        return _headline(_head(lines), lines) > 0
    near = marks[1:NEAR]
    return any(map(_candidate, near)) or (len(marks) > NEAR and not any(mark.story for mark in near))


def _head(lines: tuple[Line, ...]) -> Sequence[Mark]:
    """The lines above the first paragraph; with it, if it may be a headline that asks or exclaims."""
    marks = marks_of(lines)
    story = [at for at, mark in enumerate(marks[: HEAD + 1]) if mark.story]
    if not story:
        return ()
    first = marks[story[0]]
    asks = first.kind == "prose" and size(first.line.text) <= ASKED and len(marks) > story[0] + 1
    return marks[: story[0] + asks]


def _headline(head: Sequence[Mark], lines: tuple[Line, ...]) -> int:
    """Which line of the head is the headline; 0 if there is none that labels stand above."""
    known = False
    found: list[int] = []
    for at, mark in enumerate(head):
        if at and known and _candidate(mark):
            found.append(at)
        elif not found:
            if not _label(mark):
                return 0
            known = known or mark.grade is not None or bool(_TRAIL.search(mark.line.text))
    if not found:
        return 0
    told = {stem for line in _story(lines, head[found[0]].line) for stem in _stems(line.text)}
    shared = [at for at in found if not told.isdisjoint(_stems(head[at].line.text))]
    return shared[0] if shared else found[0] if len(found) == 1 else 0


def _candidate(mark: Mark) -> bool:
    """Whether a line is written as headlines are."""
    text = mark.line.text
    if mark.kind not in {"prose", "heading"} or grade(text) is not None or _data(text):
        return False
    said = plain(text)
    ended = (
        said.endswith(_SENTENCE) or truncated(text) or bool(_TRAIL.search(said) or _ADDRESS.fullmatch(text))
    )
    return LABEL <= size(text) <= LONGEST and not ended


def _label(mark: Mark) -> bool:
    """Whether a line is the page's, and no headline."""
    text = mark.line.text
    if mark.kind not in {"prose", "heading", "item"}:
        return False
    short = size(text) <= LABEL and not plain(text).endswith(_SENTENCE)
    way = _TRAIL.search(plain(text)) or _ADDRESS.fullmatch(text)
    return mark.grade is not None or short or bool(way) or _data(text)


def _data(text: str) -> bool:
    """Whether a line states who wrote the text, or when: other rules read it."""
    return bool(stamps(text) or imprint(text) or byline(text) or credit(text) or clock_line(text))


def _story(lines: tuple[Line, ...], headline: Line) -> Sequence[Line]:
    below = [lines[at] for at in paragraphs(lines)]
    return [line for line in below if line.number > headline.number][:TOLD]


def _stems(text: str) -> set[str]:
    """What two texts on one subject share: the beginnings of longer words, pairs of signs without spaces."""
    pairs = {
        one + other for one, other in pairwise(words(text)) if len(one) == len(other) == 1 and one > "\u2fff"
    }
    # vowel signs of Indian scripts are no letters to `words`
    longer = {word.strip(_POINTS) for word in plain(text).casefold().split()}
    return {word[:STEM] for word in longer if len(word) > 3} | pairs


RULE = define(CODE, "headline-below", __doc__, check)
