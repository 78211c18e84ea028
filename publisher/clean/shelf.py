"""Phrases and what they are for -> those that a label fits, found by a word of it.

Thousands of phrases begin with a few hundred words: the next letters tell most of those apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from publisher.clean.notation import Sign, sign, spells
from publisher.clean.text import CACHE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Phrases and what they are for, by a word that each is found by.

    `begun`: of those asked for of late, which can begin as the label does.
    """

    every: list[tuple[str, T]] = field(default_factory=list)
    listed: dict[str, list[int]] = field(default_factory=dict)
    begun: dict[tuple[str, str], list[tuple[Sign, str, T]]] = field(default_factory=dict)

    def add(self, words: Iterable[str], phrase: str, found: T) -> None:
        number = len(self.every)
        self.every.append((phrase, found))
        for word in words:
            self.listed.setdefault(word, []).append(number)

    def fitting(self, word: str, key: str) -> Sequence[T]:
        """What those phrases are for that are found by a word and have the label among their wordings."""
        if word not in self.listed:
            return ()
        begin = key[: len(word) + 2] if word and key.startswith(word) else ""
        begun = self.begun.get((word, begin))
        if begun is None:
            begun = self._begin(word, begin)
        return [
            found
            for (begins, ends, within), phrase, found in begun
            if key.startswith(begins) and key.endswith(ends) and within in key and spells(phrase, key)
        ]

    def _begin(self, word: str, begin: str) -> list[tuple[Sign, str, T]]:
        if len(self.begun) >= CACHE:
            self.begun.clear()
        listed = [self.every[number] for number in self.listed[word]]
        signed = [(sign(phrase), phrase, found) for phrase, found in listed]
        whole = word != "" and begin == word
        same = [each for each in signed if _agree(each[0].begins, begin, whole)]
        self.begun[word, begin] = same
        return same


def _agree(begins: tuple[str, ...], begin: str, whole: bool) -> bool:
    """Whether a label of this beginning, which may be the `whole` of it, can begin as a phrase does."""
    return begin.startswith(begins) or (not whole and f"\n{begin}" in "\n".join(("", *begins)))
