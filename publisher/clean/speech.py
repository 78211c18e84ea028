"""The lines of an article in -> those that somebody says, asks or answers: they are nobody's buttons."""

import re
from collections.abc import Sequence
from itertools import pairwise

from publisher.clean.marks import Mark
from publisher.clean.text import ends_sentence, label

TURNS = 4  # of an interview, at least
ASKED = 3  # answered questions, or lines of a dialogue, at least
SHORTEST = 4  # spaces in and around the words of a title that the story takes up
_SPEECH = re.compile(r"[–—]\s?[^\W\d].*[^–—\s]$")
_TURN = re.compile(r"\W{0,4}[A-Z]\s?:\W{0,4}\s\S")


def unspoken(marks: Sequence[Mark], titled: bool) -> list[Mark]:
    """The marks; what is said in a dialogue, asked among answered questions or the title is no button."""
    texts = [mark.line.text.strip() for mark in marks]
    dashed = [at for at, text in enumerate(texts) if _SPEECH.match(text)]
    spoken: set[int] = set()
    asked = _asked(marks)
    for said_so in (dashed, asked):
        plain = sum(marks[at].grade is None for at in said_so)
        answered = sum(marks[at + 1].grade is None for at in said_so[:-1])
        if plain >= ASKED or (plain and answered >= TURNS):
            spoken.update(said_so)
            spoken.update(at + 1 for at in said_so if said_so is asked and marks[at].grade is None)
    said = f" {label(texts[0])} " if texts else ""
    if not titled and said.count(" ") >= SHORTEST and any(said in f" {label(text)} " for text in texts[1:3]):
        spoken.add(0)
    return [mark._replace(grade=None) if at in spoken else mark for at, mark in enumerate(marks)]


def turns(marks: Sequence[Mark]) -> Sequence[int]:
    """Indexes of the turns of an interview, however short, if there are some: "Q: ...", "A: ..."; answers."""
    found = [index for index, mark in enumerate(marks) if mark.grade is None and _TURN.match(mark.line.text)]
    asked = [index + 1 for index in _asked(marks) if marks[index].grade is None]
    return [*(found if len(found) >= TURNS else ()), *(asked if len(asked) >= TURNS else ())]


def _asked(marks: Sequence[Mark]) -> Sequence[int]:
    """Indexes of the questions that the next line answers."""
    texts = [mark.line.text for mark in marks]
    return [
        at
        for at, (text, below) in enumerate(pairwise(texts))
        if text.rstrip(" *_").endswith(("?", "？")) and ends_sentence(below.rstrip(" *_"))
    ]
