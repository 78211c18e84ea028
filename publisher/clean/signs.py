"""A short line in -> what the signs in it tell, where its words say too little: ©, crumbs, a full stop."""

import re
from functools import cache
from itertools import islice

from publisher.clean.scorer.vocabulary import address
from publisher.clean.tables import vocabulary
from publisher.clean.text import FULL_STOPS, plain, raw_label, size, words

CRY = 3  # words of a sentence in a box that may say anything
RIGHTS = 12  # words of a line that begins with © and a year, at most
_SIGNS = "/>»›©["
_OPENING, _CLOSING = frozenset('“„«»「『‘"'), frozenset('”“»«」』’"')
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_DATED = re.compile(r"\W*(?:copyright\s*)?©\s*(?:copyright\s*)?(?:19|20)\d\d\b", re.IGNORECASE)
_PLAYED = re.compile(r"\d{1,2}:\d\d\s?/\s?\d{1,3}:\d\d")
_CRUMB = re.compile(r"\s+[>»›/]\s+")
# what a wiki sets behind its headings: "[edit | edit source]"
_BRACKETS = re.compile(r"\[\s*([^\[\]|]{2,30}?)\s*(?:\|\s*[^\[\]|]{3,30})?\]")
# what ends a sentence, found by its own sign first: a look behind at each place takes ten times as long
_ENDS = re.compile(r"[.!?…](?:(?<=[^\W\d_]{2}.)|(?<=[^\W\d_]{2}\s[!?]))\s+|[。！？](?=.)")


def signed(text: str) -> str:
    """The family of a line that its signs give away: "rights" (© 2031), "tools" (player, crumbs), or ""."""
    if not any(sign in text for sign in _SIGNS):
        return ""
    if _DATED.match(text) and size(text) <= RIGHTS:
        return "rights"
    bare = text.strip()
    return "tools" if _PLAYED.fullmatch(bare) or _edits(bare) or _crumbs(text) else ""


def _edits(bare: str) -> bool:
    found = _BRACKETS.fullmatch(bare)
    return found is not None and raw_label(found.group(1)) in vocabulary("tools", "edit")


def _crumbs(text: str) -> bool:
    """Whether a line tells where on a site a page stands: "Home > News > Harbour"."""
    parts = _CRUMB.split(plain(text))
    return len(parts) > 2 and size(text) <= RIGHTS and raw_label(parts[0]) in vocabulary("tools", "home")


def told(family: str, key: str, text: str, exact: bool = False) -> bool:
    """Whether a line that reads like furniture of a family is the story's: a result, an answer, speech.

    `exact`: it is a phrase without open places, word for word.
    """
    if family == "rights" and key.startswith("c ") and not _COPYRIGHT.search(text):
        return True  # "C. Weir 21:04"
    line = plain(text)
    if line[:1] in _OPENING and line[-1:] in _CLOSING:
        return True  # a turn of a dialogue
    full = line.endswith(FULL_STOPS) and not line.endswith("...")
    if size(text) == 1:
        return full and family != "stamps"  # no button has a full stop: the last step of a recipe, an answer
    return not exact and full and size(text) > 5 and not _speech().isdisjoint(key.split()[1:])


@cache
def _speech() -> frozenset[str]:
    """Words by which a whole sentence tells what someone or something says: a call is quoted, not made."""
    return frozenset(vocabulary("speech", "verbs"))


def sentences(text: str) -> list[str]:
    """The sentences of a line, if it is several; what comes after the fourth is one."""
    parts, begin = [], 0
    for found in islice(_ENDS.finditer(text), 4):
        parts.append(text[begin : found.start() + 1])
        begin = found.end()
    return [*parts, text[begin:]] if parts else []


def aside(sentence: str) -> bool:
    """Whether a sentence asks, calls, or speaks to the reader or of the page itself, as those in boxes do."""
    if size(sentence) <= CRY or sentence.rstrip()[-1:] in "?!？！":
        return True
    spoken = frozenset(words(sentence))
    return not (spoken.isdisjoint(address("reader")) and spoken.isdisjoint(address("page")))
