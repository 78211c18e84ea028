"""What the doctor says: one judgement of one thing, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "look at", "wrong"]
LEVELS: tuple[Level, ...] = ("ok", "look at", "wrong")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`said` is what was found about `subject`; `remedy` what to do, empty where nothing is to be done."""

    level: Level
    subject: str
    said: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Verdicts on things that belong together."""

    name: str
    verdicts: tuple[Verdict, ...]


def fine(subject: str, said: str) -> Verdict:
    return Verdict("ok", subject, said)


def look(subject: str, said: str, remedy: str) -> Verdict:
    """Something that may be as it should, and that only a person can tell."""
    return Verdict("look at", subject, said, remedy)


def wrong(subject: str, said: str, remedy: str) -> Verdict:
    return Verdict("wrong", subject, said, remedy)
