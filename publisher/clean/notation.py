"""A phrase in the notation of the lexicon files -> the words it is found by, and whether a line fits it.

`(a|b|)` are alternatives, `{x}` is one to eight words; both may stand together. Wordings are labels.
They are not written out to compare a line: choices multiply, and most phrases are never asked about.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from publisher.clean.text import raw_label

Piece = Callable[[str], str]
LETTER = "\0"  # before the first letter by which a phrase of a script without spaces is found
WORDS = 8  # that `{x}` stands for, at most
MOST = 64  # beginnings of a phrase that are written out
_ANY = "zzanyzz"
_CHOICE = re.compile(r"\(([^()]*)\)")
_LABELLED = r"[^\W\d_A-Z]|(?<!0)0(?!0)|\{x\}| (?! )"
_PLAIN = re.compile(
    rf"(?:{_LABELLED}|\((?:{_LABELLED}|\|)*\))*"
)  # a phrase whose parts are labels as they are


class Sign(NamedTuple):
    """What a label must begin with (one of these), end with (one of these) and have within."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    within: str


def is_open(phrase: str) -> bool:
    """Whether it stands for more than the wordings that can be listed."""
    return "{x}" in phrase


def wordings(phrase: str, piece: Piece | None = None) -> list[str]:
    """Every choice written out; an open phrase has a word of its own for `{x}`.

    `piece`: how a part is read, if not as a label.
    """
    return [" ".join("".join(parts).split()) for parts in product(*_choices(phrase, piece or _piece))]


def first_words(phrase: str, piece: Piece | None = None) -> set[str]:
    """The first word of each of the wordings."""
    found: set[str] = set()
    begun = {""}
    for parts in _choices(phrase, piece or _piece):
        texts = {(begin + part).lstrip() for begin in begun for part in parts}
        begun = {text for text in texts if " " not in text}
        found.update(text.partition(" ")[0] for text in texts - begun)
        if not begun:
            break
    return found | begun


def longest(phrase: str) -> int:
    """Words of the longest of the wordings of a phrase that is not open."""
    return sum(
        max(part.count(" ") + bool(part.strip()) for part in parts) for parts in _choices(phrase, _piece)
    )


def handles(phrase: str) -> set[tuple[str, str]]:
    """By what a phrase is found: "head" and its first word, or (scripts without spaces) its first letter;

    "tail" and its last word, where it begins with any words.
    """
    words = first_words(phrase)
    if any(_ANY in word for word in words):
        return {_handle(text) for text in wordings(phrase)}
    return {("head", word) for word in words}


def last_words(phrase: str) -> set[str]:
    """The last word of each wording, if it can be read off the phrase; else nothing but ""."""
    begin, _, choice = phrase.rpartition("(") if phrase.endswith(")") else (phrase, "", "")
    texts = [begin + part for part in choice.removesuffix(")").split("|")]
    ends = {text.rstrip().rpartition(" ")[2] for text in texts}
    return ends if all(map(_of_letters, ends)) else {""}


def _of_letters(word: str) -> bool:
    """Whether a word is letters that are the same in its label."""
    if word.isascii():
        return word.isalpha() and word.islower()
    return word.isalpha() and word.casefold() == word and unicodedata.is_normalized("NFKC", word)


def fits(phrase: str, key: str) -> bool:
    """Whether a label is one of the wordings of a phrase, open or not."""
    begins, ends, within = sign(phrase)
    return key.startswith(begins) and key.endswith(ends) and within in key and spells(phrase, key)


def spells(phrase: str, key: str) -> bool:
    """The same of a label that bears the sign of the phrase."""
    if is_open(phrase):
        return any(map(key.__contains__, _one_of(phrase))) and _opens(phrase, key)
    text, ends = f" {key} ", {1}
    for parts in _parts(phrase):
        ends = {end for at in ends for part in parts if (end := _behind(part, text, at))}
        if not ends:
            return False
    return not ends.isdisjoint((len(text) - 1, len(text)))


def _opens(phrase: str, key: str) -> bool:
    """Whether a label is one of the wordings of an open phrase, the spaces as they are written."""
    ends = {0}
    for parts in _parts(phrase):
        ends = {end for at in ends for part in parts for end in _ends(part, key, at)}
        if not ends:
            return False
    return len(key) in ends


def _ends(part: str, key: str, at: int) -> Iterable[int]:
    """Where a part of an open phrase that stands at a place of the label can end."""
    head, *tails = part.split(_ANY)
    places = {at + len(head)} if key.startswith(head, at) else set()
    for tail in tails:
        places = {
            end + len(tail) for place in places for end in _runs(key, place) if key.startswith(tail, end)
        }
    return places


def _runs(key: str, at: int) -> Iterator[int]:
    """Where the one to WORDS words that begin at a place can end, also within a word."""
    spaces = 0
    for end in range(at, len(key)):
        if key[end] == " ":
            spaces += 1
            if spaces == WORDS or end == at:
                return
        else:
            yield end + 1


def _behind(part: str, text: str, at: int) -> int:
    """Where the text goes on behind a part that stands there, 0 if it does not. Spaces are not doubled."""
    if part[:1] == " " == text[at - 1]:
        part = part[1:]
    return at + len(part) if text.startswith(part, at) else 0


@cache
def sign(phrase: str) -> Sign:
    """By what most labels are told apart from the wordings of a phrase."""
    parts = _parts(phrase)
    begins = [text.partition(_ANY)[0].lstrip() for text in _edge(parts)]
    ends = [text.rpartition(_ANY)[2].rstrip() for text in _edge(parts, last=True)]
    if not is_open(phrase):
        begins, ends = ([" ".join(text.split()) for text in texts] for texts in (begins, ends))
    bits = [bit for each in parts if len(each) == 1 for bit in each[0].split(_ANY)]
    return Sign(_shortest(begins), _shortest(ends), max(bits, key=len, default="").strip())


def _edge(parts: Sequence[Sequence[str]], last: bool = False) -> list[str]:
    """One end of every wording, at most MOST of them, up to a place that any words may fill."""
    found = [""]
    for each in reversed(parts) if last else parts:
        longer = [part + text if last else text + part for text in found for part in each]
        if len(longer) > MOST:
            break
        found = longer
        if any(_ANY in part for part in each):
            break
    return found


def _shortest(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts)) if "" not in texts else ("",)


@cache
def _one_of(phrase: str) -> tuple[str, ...]:
    """The longest words of each choice of one place in a phrase: a label must have those of one of them."""
    longest = [[max(part.split(_ANY), key=len).strip() for part in parts] for parts in _parts(phrase)]
    return tuple(max(longest, key=lambda bits: min(map(len, bits))))


def _handle(wording: str) -> tuple[str, str]:
    first, last = wording.partition(" ")[0], wording.rpartition(" ")[2]
    if _ANY not in first:
        return "head", first
    if _ANY not in last:
        return "tail", last
    return "head", LETTER + first[0] if not first.startswith(_ANY) else ""


@cache
def _parts(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_choices(phrase, _piece))


def _choices(phrase: str, piece: Piece) -> Iterator[tuple[str, ...]]:
    """The phrase in parts, each with what may stand there."""
    plain = piece is _piece and labelled(phrase)
    for odd, text in enumerate(_CHOICE.split(phrase.replace("{x}", _ANY) if plain else phrase)):
        parts = text.split("|") if odd % 2 else [text]
        yield tuple(parts if plain else map(piece, parts))


def labelled(phrase: str) -> bool:
    """Whether the parts of a phrase are labels already: nearly all are, and to make them takes long."""
    folded = phrase.isascii() or (phrase.casefold() == phrase and unicodedata.is_normalized("NFKC", phrase))
    return folded and "i̇" not in phrase and _PLAIN.fullmatch(phrase) is not None


def _piece(text: str) -> str:
    """A part of a phrase as a label, with the spaces at its ends."""
    key = raw_label(text.replace("{x}", _ANY).strip())
    return " " * text.startswith(" ") + key + " " * (text.endswith(" ") and bool(key))
