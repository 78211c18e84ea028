"""What the lexicon says of a line, and the table in which its phrases are found."""

from dataclasses import dataclass, field
from typing import Literal

from publisher.clean.shelf import Shelf

Strength = Literal["sure", "likely"]


@dataclass(frozen=True, slots=True)
class Grade:
    """What a line is for (one of FAMILIES), how sure the words alone make it; `leads`: a list follows."""

    family: str
    strength: Strength
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """An imperative that begins a call, and what such calls are about, in one language and family."""

    call: str
    family: str
    things: tuple[str, ...]
    ours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the phrases of each list are for, by rank. Where several lists know a line, the lowest counts.

    Notices have ranks below 0. Phrases without a choice, as labels; those with choices by each of their first
    words; the first words of those that are not SHORT; open ones by their first or last word; headings of
    lists; prefixes before a colon and their first words; appeals by first word.
    """

    grades: dict[int, Grade] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)
    chosen: Shelf[int] = field(default_factory=Shelf)
    lengthy: set[str] = field(default_factory=set)
    heads: Shelf[int] = field(default_factory=Shelf)
    tails: Shelf[int] = field(default_factory=Shelf)
    leads: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    appeals: dict[str, list[Appeal]] = field(default_factory=dict)
