"""Phrases and what they are for -> those that a label fits, found by a word of it.

Thousands of phrases begin with a few hundred words: the last word and the next letters tell most of those
apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from publisher.clean.notation import Sign, last_words, sign, spells
from publisher.clean.text import CACHE

T = TypeVar("T")
Bounds = tuple[str, str, str]  # the word, the letters and the last word that a label was found by


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Phrases and what they are for, by a word that each is found by.

    `ended`: the numbers of the phrases of one word by last word ("": by none that is known); `near`: of
    those asked for of late, which can begin and end as the label does. Both hold what was asked for.
    """

    every: list[tuple[str, T]] = field(default_factory=list)
    listed: dict[str, list[int]] = field(default_factory=dict)
    ended: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    near: dict[Bounds, list[tuple[Sign, str, T]]] = field(default_factory=dict)

    def add(self, words: Iterable[str], phrase: str, found: T) -> None:
        number = len(self.every)
        self.every.append((phrase, found))
        for word in words:
            self.listed.setdefault(word, []).append(number)

    def fitting(self, word: str, key: str) -> Sequence[T]:
        """What those phrases are for that are found by a word and have the label among their wordings."""
        if word not in self.listed:
            return ()
        ended = self.ended.get(word) or self._by_end(word)
        last = key.rpartition(" ")[2]
        begin = key[: len(word) + 2] if word and key.startswith(word) else ""
        bounds = word, begin, last if last in ended else ""
        near = self.near.get(bounds)
        if near is None:
            near = self._near(bounds)
        return [
            found
            for (begins, ends, within), phrase, found in near
            if key.startswith(begins) and key.endswith(ends) and within in key and spells(phrase, key)
        ]

    def _by_end(self, word: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in self.listed[word]:
            for last in last_words(self.every[number][0]):
                found.setdefault(last, []).append(number)
        self.ended[word] = found
        return found

    def _near(self, bounds: Bounds) -> list[tuple[Sign, str, T]]:
        if len(self.near) >= CACHE:
            self.near.clear()
        word, begin, last = bounds
        ended = self.ended[word]
        numbers = sorted({*ended.get("", ()), *ended.get(last, ())})
        signed = [(sign(phrase), phrase, found) for phrase, found in map(self.every.__getitem__, numbers)]
        whole = word != "" and begin == word
        self.near[bounds] = same = [each for each in signed if _agree(each[0].begins, begin, whole)]
        return same


def _agree(begins: tuple[str, ...], begin: str, whole: bool) -> bool:
    """Whether a label of this beginning, which may be the `whole` of it, can begin as a phrase does."""
    return begin.startswith(begins) or (not whole and f"\n{begin}" in "\n".join(("", *begins)))
