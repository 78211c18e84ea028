"""The lines of a text in -> the language they are in, when that is beyond doubt. No model: frequent words."""

import re
from collections import Counter
from collections.abc import Iterable

from publisher.clean.prepared import prepared
from publisher.clean.tables import tables
from publisher.clean.text import words

LEAST, MOST = 60, 600  # words that are needed, and that are read
SHARE = 0.2  # of the words have to be frequent ones of the language
LEAD = 2.5  # times as many as of the language that was given
_ALIKE = ({"no", "nb", "nn", "da"}, {"sr", "hr", "bs"})
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_CYRILLIC = {"ru", "uk", "bg", "be", "sr", "mk", "kk", "mn", "ky", "tg"}


def spoken(lines: Iterable[str], given: str) -> str:
    """The language of the text, if it is surely another than `given`; else "". `given` is two letters."""
    tokens: list[str] = []
    for line in lines:
        tokens += words(line)
        if len(tokens) >= MOST:
            break
    if len(tokens) < LEAST:
        return ""
    script = _script(tokens)
    if script:
        same = given == script or (script == "ru" and given in _CYRILLIC)
        return "" if same or given not in {*_frequent(), "ja", "zh", "ko"} else script
    return _by_words(tokens, given)


def _script(tokens: list[str]) -> str:
    """The language that a script of its own gives away, if most words are written in it."""
    for language, letters in _SCRIPTS:
        share = sum(letters.search(token) is not None for token in tokens) / len(tokens)
        if share > (0.2 if language == "ja" else 0.6):
            return language
    return ""


def _by_words(tokens: list[str], given: str) -> str:
    counted = Counter(tokens)
    shares = {
        language: sum(counted[word] for word in frequent) / len(tokens)
        for language, frequent in _frequent().items()
    }
    best = max(shares, key=lambda language: shares[language])
    known = shares.get({"nb": "no", "nn": "no"}.get(given, given))
    if known is None:
        foreign = given in {"ja", "zh", "ko"} and shares[best] >= SHARE
        return best if foreign else ""
    alike = any({best, given} <= group for group in _ALIKE)
    return best if not alike and shares[best] >= max(SHARE, LEAD * known) else ""


@prepared
def _frequent() -> dict[str, frozenset[str]]:
    found = {language: table.get("speech", {}).get("common", ()) for language, table in tables().items()}
    return {language: frozenset(words) for language, words in found.items() if words}
