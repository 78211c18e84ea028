"""Text in -> the terms that the search index holds out: folded, exact, without a stemmer.

`theme/search.js` does the same to a query, step by step with the same tables of Unicode; what is changed
here has to be changed there.
"""

import re
import unicodedata
from functools import cache, lru_cache

# Longer words are cut: nobody types them, and a term must stay small.
LONGEST = 64
# Invisible characters, and signs that NFKD would glue to their word as letters (`Foo™`).
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u2120\u2122]")
# Accents, Hebrew points, Arabic vowel signs and tatweel. The breve of й and ў and the dots of ї are no
# accents but letters of their own; ё is written е by many.
_MARKS = re.compile(
    "([иу]\u0306|і\u0308)|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
    | {"ʼ": "'"}
)
# Between two letters these join a word: don’t, e-mail, U.S., 1,000, AT&T.
_JOINERS = frozenset("'’.,-‐·&")
_COMPOUND = re.compile("[^ ']+(?:'[^ ']+)*")
# Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean: scripts without spaces between words (or, in
# Korean, with endings written on to them).
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
# Compiled when they are needed: that takes long, and few texts need them.
_RUN, _CHARACTER = f"[{UNSPACED}]+|[^{UNSPACED}]+", f"[{UNSPACED}]"


def terms(text: str) -> frozenset[str]:
    """Every term of `text`.

    A word is one term; a joined one (`don’t`) its parts and the whole without the joiner. A run of an
    unspaced script is its pairs of neighbouring characters and its last character.
    """
    return frozenset().union(*map(_terms_of, set(text.split())))


def fold(text: str) -> str:
    """What spellings share that readers take for one: case, width, ligatures, accents (UAX #15, NFKD)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).lower()
    return unicodedata.normalize("NFC", _MARKS.sub(r"\1", plain).translate(_LETTERS))


def unspaced(term: str) -> bool:
    """Whether a term begins with a character of a script without spaces."""
    return not term.isascii() and bool(re.match(_CHARACTER, term))


# Most words of a text have been seen before: folding each once makes this fast (Zipf's law).
@lru_cache(maxsize=1 << 16)
def _terms_of(chunk: str) -> frozenset[str]:
    plain = "".join(map(_role, fold(chunk)))
    found: set[str] = set()
    for compound in _COMPOUND.findall(plain):
        parts = compound.split("'")
        if len(parts) > 1:
            parts.append("".join(parts))
        for part in parts:
            for run in (part,) if part.isascii() else re.findall(_RUN, part):
                found.update(_grams(run) if unspaced(run) else (run[:LONGEST],))
    return frozenset(found)


@cache
def _role(char: str) -> str:
    """A letter, digit or mark is itself, a joiner `'`, anything else a space."""
    if unicodedata.category(char)[0] in "LNM":
        return char
    return "'" if char in _JOINERS else " "


def _grams(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run))]
