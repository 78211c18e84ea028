"""A line in -> the line without the buttons that stick to its sentences."""

import re
from functools import cache, lru_cache

from publisher.clean.phrases import grade
from publisher.clean.tables import vocabulary
from publisher.clean.text import CACHE, raw_label, size

_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’»›)]*_」』"
_SENTENCE_ENDS = frozenset(_STOPS + "\"'”’»›")
_LONGEST = 60  # characters of a button
_CAPITALS = re.compile(r"\W{0,4}[^\W\d_a-z]{2}")
# What every pointer has; to ask for it spares most texts the long list.
_COLON = re.compile(r"[.!?…\"”’»)]\s+[^:]{2,80}:\s")
_LEAD = re.compile(r"^(\W*(?:[A-ZÀ-ÞĀ-Ž'’]{2,}\s+){1,4})(?=[\"“„«‘]?[^\W\d_])")


@lru_cache(CACHE)
def without_buttons(text: str) -> str:
    """The line without a button at its end or in capitals at its beginning."""
    return _without_lead(_without_pointer(_without_tail(text)))


def button(text: str) -> bool:
    """Whether the words are a button that may stand behind a sentence."""
    return raw_label(text) in _buttons()


def sentence_before(text: str) -> bool:
    """Whether the text ends as a sentence does, and not with a short form ("Dr.", "No.")."""
    end = text.rstrip().rstrip(_CLOSERS)
    if not end or end[-1] not in _STOPS:
        return False
    last = re.split(r"[\s(\[“„«]", end[:-1])[-1]
    return end[-1] != "." or len(last) > 3 or (last.islower() and len(last) > 1) or last.isdecimal()


def _without_tail(text: str) -> str:
    bare = text.rstrip().rstrip("»›>→").rstrip()
    if not bare or bare[-1] in _SENTENCE_ENDS:
        return text
    place = max(bare.rfind(stop) for stop in _STOPS) + 1
    while 0 < place < len(bare) and bare[place] in _CLOSERS:
        place += 1
    tail = bare[place:].strip()
    if not place or not tail or len(tail) > _LONGEST or tail[0].islower():
        return text
    return bare[:place] if button(tail) and sentence_before(bare[:place]) else text


def _without_pointer(text: str) -> str:
    """Cut "Read more: headline" behind a sentence; the headline must not be a sentence itself."""
    if _COLON.search(text) is None:
        return text
    found = _pointers().search(text)
    if found is None or not sentence_before(text[: found.start("cut")]):
        return text
    rest = text[found.end() :].strip()
    whole = rest.rstrip(_CLOSERS).endswith((".", "。")) or not 2 <= size(rest) <= 20
    return text if whole else text[: found.start("cut")].rstrip()


def _without_lead(text: str) -> str:
    found = _LEAD.match(text) if _CAPITALS.match(text) else None
    if found is None:
        return text
    lead, rest = found.group(1).strip(), text[found.end() :]
    while lead:
        two = len(lead.split()) >= 2 or _advertises(lead)
        if button(lead) and two and rest.lstrip('"“„«‘')[:1].isupper() and not rest.isupper():
            return rest
        word = lead.split()[-1]
        lead, rest = lead[: -len(word)].rstrip(), f"{word} {rest}"
    return text


@cache
def _buttons() -> frozenset[str]:
    return frozenset(vocabulary("glued", "buttons"))


def _advertises(text: str) -> bool:
    found = grade(text)
    return found is not None and found.family == "ads"


@cache
def _pointers() -> re.Pattern[str]:
    """Prefixes of two words or more that no sentence begins with."""
    phrases = sorted((p for p in vocabulary("related", "prefixes") if " " in p), key=len, reverse=True)
    choice = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases)
    return re.compile(rf"[.!?…\"”’»)](?P<cut>\s+\(?(?:{choice})\s?:\s)", re.IGNORECASE)
