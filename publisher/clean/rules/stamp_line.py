"""A line of the page's own data: when the text appeared there, beside who filed it, where, and how it did.

Why: the site set it beside the headline; the moment and the names belong into front matter, if anywhere.

Fix: a line above the story is dropped if it states a day and a time, and for the rest only names, sections
and counts. Lines that date the entries of a chronicle, a diary or a live blog stay.

Example: "By A. Name, in News, Harbour · 31 Jan 2031, 20:02 · 0 Comments", "17:41 JST, October 13, 2031"
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from publisher.clean.dates import beside_stamps, stamps, with_years
from publisher.clean.imprint import imprint
from publisher.clean.place import edges
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.text import CACHE
from publisher.model import Article, Finding

CODE = "PR010"
NAMES, ENTRIES = 8, 3  # words beside the moments; lines of a chronicle at least
_COUNT = re.compile(r"\b\d[\d.,]*\s[^\W\d]{4,}|[^\W\d]{4,}\s?:\s?\d+\b")
_SIGN = re.compile(r"\s[|·•/–—-]\s|/")
_SMALL = frozenset(
    {"by", "von", "par", "por", "di", "in", "on", "at", "um", "am", "à", "de", "del", "le", "en"}
    | {"und", "and", "et", "y", "e", "mit", "with", "for", "für"}
)


# "June 7, 20311:12 PM UTCUpdated 2 hours ago": what stood in boxes of its own
_GLUED = re.compile(
    r"(?<=(?:19|20)\d\d)(?=[012]?\d:[0-5]\d)|(?<=[a-z\d])(?=Updated\b|Published\b)|(?<=[A-Z]{3})(?=Updated\b|Published\b)"
)


def check(article: Article) -> Iterator[Finding]:
    stamped = [line for line in with_years(article.lines) if _of_page(line.text) and not _read(line.text)]
    near = {line.number for line in edges(article.lines)} if stamped else set()
    if len([line for line in stamped if line.number not in near]) >= ENTRIES:
        return
    for line in stamped:
        if line.number in near:
            yield drop(CODE, line, f"the page's own data: {quote(line.text)}", 0.95)


def _read(text: str) -> bool:
    """Whether the rules that fill front matter can read the line: then it is theirs."""
    return bool(stamps(text) or imprint(text))


@lru_cache(CACHE)
def _of_page(text: str) -> bool:
    """Whether a line has a day, and a time or a count, and beside them names only; behind them no place."""
    text = _GLUED.sub(" ", text)
    found = beside_stamps(text)
    if found is None or not (found.timed or (_SIGN.search(text) and _COUNT.search(text))):
        return False
    words = (*found.before, *found.after)
    if found.after and not _SIGN.search(text) and found.after[0] not in _SMALL:
        return False  # "3 March 2031, 19:30, Town Hall" tells of an event
    return len(words) <= NAMES and all(word[0].isupper() or word in _SMALL for word in words if len(word) > 1)


RULE = define(CODE, "stamp-line", __doc__, check)
