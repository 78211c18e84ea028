"""Two runs of words in -> how well one is contained in the other, typos and cut ends allowed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import compress

Gram = tuple[str, str, str]
GRAM = 3
SLACK = 4  # words by which an alignment may drift
TYPO = 0.75  # how alike two different words have to be to count as one misspelt


@dataclass(frozen=True, slots=True)
class Text:
    """Words in order, with the line (its index) that each stands in, and where each run of three begins."""

    words: tuple[str, ...]
    owner: tuple[int, ...]
    places: dict[Gram, list[int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a run of words was found again: the share found, and the line (index) it begins in."""

    share: float
    line: int


def index(
    lines: Sequence[tuple[int, tuple[str, ...]]],
    needles: Iterable[tuple[str, ...]],
    limit: int = 20_000,
) -> Text:
    """Lines (their index, their words) as one text of at most `limit` words, to search `needles` in."""
    words: list[str] = []
    owner: list[int] = []
    for at, tokens in lines:
        if len(words) + len(tokens) > limit:
            break
        words.extend(tokens)
        owner.extend([at] * len(tokens))
    places: dict[Gram, list[int]] = {gram: [] for needle in needles for gram in _grams(needle)}
    firsts, seconds = ({gram[at] for gram in places} for at in (0, 1))
    begun = compress(range(len(words) - 2), map(firsts.__contains__, words))
    for place in [at for at in begun if words[at + 1] in seconds]:
        gram = (words[place], words[place + 1], words[place + 2])
        if gram in places:
            places[gram].append(place)
    return Text(tuple(words), tuple(owner), places)


def find(needle: tuple[str, ...], text: Text, after: int = 0, cut: bool = False) -> Hit | None:
    """The best place from word `after` on where `needle` stands as one run; `cut`: it may end in a stump."""
    votes = _votes(needle, text, after)
    if not votes:
        return None
    best = min(votes, key=lambda shift: (-votes[shift], shift))
    near = sum(votes[best + step] for step in range(-SLACK, SLACK + 1))
    if near * 4 < len(needle) - GRAM + 1:
        return None
    begin = max(after, best - SLACK)
    window = text.words[begin : max(after, best) + len(needle) + SLACK]
    at = min(max(after, best), len(text.owner) - 1)
    return Hit(_contained(needle, window, cut), text.owner[at])


def _votes(needle: tuple[str, ...], text: Text, after: int) -> Counter[int]:
    """For each shift of the needle against the text, how many of its grams fit there."""
    return Counter(
        [
            place - start
            for start, gram in enumerate(_grams(needle))
            for place in text.places.get(gram, ())
            if place >= after
        ]
    )


def _grams(words: Sequence[str]) -> Iterable[Gram]:
    return zip(words, words[1:], words[2:], strict=False)


def alike(one: str, other: str) -> bool:
    """Whether two words are one word with a typo in it."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= TYPO


def _contained(needle: tuple[str, ...], window: tuple[str, ...], cut: bool) -> float:
    matched = 0.0
    operations = SequenceMatcher(None, needle, window, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, j2 in operations:
        if tag == "equal":
            matched += i2 - i1
        elif tag == "replace":
            matched += sum(
                alike(one, other) for one, other in zip(needle[i1:i2], window[j1:j2], strict=False)
            )
            stump = cut and i2 == len(needle) and j1 + i2 - i1 <= len(window)
            last = window[j1 + i2 - i1 - 1] if stump else ""
            matched += (
                stump and last != needle[-1] and last.startswith(needle[-1]) and not alike(needle[-1], last)
            )
        elif tag == "insert" and 0 < i1 < len(needle):
            matched -= 0.5 * (j2 - j1)
    return matched / len(needle)
