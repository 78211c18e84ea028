"""The lexicon files in -> one table of phrases that answers what a short line is for.

All languages are looked up together, so that a page needs no language to be told; a phrase must make
up the whole line. The notation of the files is described at the head of `lexicon/en.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, product
from typing import Literal

from publisher.clean.text import CACHE, ends_sentence, label, plain, raw_label, size, words

Strength = Literal["sure", "likely"]
FAMILIES = (
    "newsletter",
    "subscribe",
    "share",
    "related",
    "comments",
    "ads",
    "apps",
    "consent",
    "rights",
    "tools",
    "stamps",
)
LONGEST = 45  # words; no furniture line of the lexicon is longer

_ANY = "zzanyzz"
_LETTER = "\0"
_WORDS = r"\S+(?: \S+){0,7}"
_CHOICE = re.compile(r"\(([^()]*)\)")
_PREFIX = re.compile(r"^\W*([^:|»>]{2,45}?)\s?(?::|\||»|>)\s*(.+)$")
_QUOTED = re.compile(r"[\"“”„«»]")


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
    """Whole phrases; patterns by their first or last word; prefixes before a colon; appeals by first word."""

    exact: dict[str, Grade]
    heads: dict[str, list[tuple[str, Grade]]]
    tails: dict[str, list[tuple[str, Grade]]]
    prefixes: frozenset[str]
    appeals: dict[str, list[Appeal]]


@cache
def tables() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Every lexicon file as it is written: language -> family -> key -> phrases."""
    folder = files("publisher.clean") / "lexicon"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda i: i.name)
    return {item.name[:-5]: tomllib.loads(item.read_text(encoding="utf-8")) for item in found}


def vocabulary(family: str, key: str) -> Iterator[str]:
    """The phrases under one key in every language, as labels."""
    for table in tables().values():
        for phrase in table.get(family, {}).get(key, ()):
            yield raw_label(phrase)


@lru_cache(CACHE)
def grade(text: str) -> Grade | None:
    """What the line is for, if the lexicon knows it. The line must say that and nothing else."""
    if len(text) > 1000 or text.count(" ") > 2 * LONGEST or (length := size(text)) > LONGEST:
        return None
    book = lexicon()
    if length > 12 and not _may_be_known(book, words(text)):
        return None
    key = label(text)
    if not key:
        return None
    found = book.exact.get(key) if length <= 12 else None
    found = found or _pattern(book, key, text)
    if found is None and length <= 12:
        found = _prefixed(book, text)
    found = found or _appeal(book, key, text)
    return None if found and length > 5 and _reported(key, text) else found


def _may_be_known(book: Lexicon, tokens: tuple[str, ...]) -> bool:
    """Whether a long line begins or ends with a word of some pattern; most do not, which is quickly seen."""
    first, last = (raw_label(token) for token in (tokens[0], tokens[-1]))
    return first in book.heads or first in book.appeals or last in book.tails or first[0] > "\u2fff"


@cache
def lexicon() -> Lexicon:
    """The table of all languages, compiled once."""
    book = Lexicon({}, {}, {}, frozenset(vocabulary("related", "prefixes")), {})
    leads = set(vocabulary("related", "headings"))
    for table in tables().values():
        for family in FAMILIES:
            entry = table.get(family, {})
            for strength in ("likely", "sure"):
                for phrase in entry.get(strength, ()):
                    _add(book, phrase, Grade(family, "sure" if strength == "sure" else "likely"), leads)
            _add_appeals(book, family, entry)
    for phrase in leads:
        book.exact.setdefault(phrase, Grade("related", "likely", leads=True))
    return book


def _add(book: Lexicon, phrase: str, found: Grade, leads: set[str]) -> None:
    choices = [
        [_piece(part) for part in (text.split("|") if odd % 2 else [text])]
        for odd, text in enumerate(_CHOICE.split(phrase))
    ]
    whole = [" ".join("".join(parts).split()) for parts in product(*choices)]
    if "{x}" not in phrase:
        for text in whole:
            known = book.exact.get(text)
            if known is None or (known.strength, found.strength) == ("likely", "sure"):
                book.exact[text] = Grade(found.family, found.strength, text in leads)
        return
    entry = ("".join("(?:" + "|".join(map(re.escape, parts)) + ")" for parts in choices), found)
    for place, word in {_handle(text) for text in whole}:
        (book.heads if place == "head" else book.tails).setdefault(word, []).append(entry)


def _handle(text: str) -> tuple[str, str]:
    """By what a phrase is found: its first word, its last, or (scripts without spaces) its first letter."""
    first, last = text.partition(" ")[0], text.rpartition(" ")[2]
    if _ANY not in first:
        return "head", first
    if _ANY not in last:
        return "tail", last
    return "head", _LETTER + first[0] if not first.startswith(_ANY) else ""


def _piece(text: str) -> str:
    """A part of a phrase as a label, with the spaces at its ends."""
    key = raw_label(text.replace("{x}", _ANY))
    return " " * text.startswith(" ") + key + " " * (text.endswith(" ") and bool(key))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(r"\ ", " ").replace(_ANY, _WORDS))


def _add_appeals(book: Lexicon, family: str, entry: dict[str, list[str]]) -> None:
    things = tuple(f" {raw_label(thing)} " for thing in entry.get("things", ()))
    ours = frozenset(raw_label(word) for word in entry.get("ours", ()))
    for call in (raw_label(call) for call in entry.get("calls", ())):
        book.appeals.setdefault(call.split()[0], []).append(Appeal(call + " ", family, things, ours))


def _pattern(book: Lexicon, key: str, text: str) -> Grade | None:
    first, _, rest = key.partition(" ")
    last = rest.rpartition(" ")[2] or first
    best: Grade | None = None
    for pattern, found in chain(
        book.heads.get(first, ()),
        book.tails.get(last, ()),
        book.heads.get(_LETTER + key[0], ()),
        book.heads.get("", ()),
    ):
        if _compiled(pattern).fullmatch(key) is None:
            continue
        if found.strength == "sure" and not _statement(text):
            return found
        best = Grade(found.family, "likely")
    return best


def _statement(text: str) -> bool:
    """Whether an open pattern met a whole sentence: those may be the story's own words."""
    return size(text) > 5 and ends_sentence(text) and plain(text).endswith((".", "。"))


@cache
def _phrases(family: str, key: str) -> Lexicon:
    """The phrases of one key as a table of their own."""
    book = Lexicon({}, {}, {}, frozenset(), {})
    for table in tables().values():
        for phrase in table.get(family, {}).get(key, ()):
            _add(book, phrase, Grade(family, "sure"), set())
    return book


def says(family: str, key: str, text: str) -> bool:
    """Whether the line consists of one of the phrases under `key`."""
    if len(text) > 1000 or size(text) > LONGEST:
        return False
    book, spoken = _phrases(family, key), label(text)
    return bool(spoken) and (spoken in book.exact or _pattern(book, spoken, text) is not None)


@cache
def _speech() -> frozenset[str]:
    return frozenset(vocabulary("speech", "verbs"))


def _reported(key: str, text: str) -> bool:
    """Whether a whole sentence tells what someone or something says: the call is quoted, not made."""
    return plain(text).endswith((".", "。")) and not _speech().isdisjoint(key.split())


def _prefixed(book: Lexicon, text: str) -> Grade | None:
    match = _PREFIX.match(plain(text))
    if match is None or raw_label(match.group(1)) not in book.prefixes or plain(text).endswith((".", "。")):
        return None
    return Grade("related", "sure")


def _appeal(book: Lexicon, key: str, text: str) -> Grade | None:
    if _QUOTED.search(text):
        return None
    spaced = f" {key} "
    for appeal in book.appeals.get(key.partition(" ")[0], ()):
        if key.startswith(appeal.call) and any(thing in spaced for thing in appeal.things):
            sure = not appeal.ours.isdisjoint(key.split())
            return Grade(appeal.family, "sure" if sure else "likely")
    return None
