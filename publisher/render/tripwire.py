"""Text before and after a step in -> the words that got lost on the way. Nothing may vanish silently.

Two wires. Between Markdown and sanitised HTML every visible character is counted; a difference is never
accepted. Between source and text, words are compared as a set, and what does not show is reported.
"""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from itertools import islice

from markdown_it.common.normalize_url import normalizeLinkText

from publisher.render.contain import TAG

_TAG = re.compile(TAG)
_VALUE = re.compile(r'="([^"]*)"')
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\n[ \t>*+-]*\d{1,9}[.)](?=\s)")
_BOX = re.compile(r"\[[xX ]\]")
_MOST = 200  # words looked at one by one; more are only met in hostile texts


def same_text(before: str, after: str) -> bool:
    """Whether two HTML texts show the same characters; only tags may differ, and the order in tables."""
    if before == after:
        return True
    left, right = _visible(before), _visible(after)
    return left == right or Counter(left) == Counter(right)


def lost_words(source: str, shown: str, html: str, hidden: Iterable[str]) -> list[str]:
    """Words of the Markdown `source` that neither the text `shown` nor the attributes of `html` hold.

    `hidden` are pieces of source that are not meant to show. At most 200 words are named.
    """
    plain = _BOX.sub(" ", _NUMBER.sub("\n", f"\n{source}"))
    # What stands between spaces in both shows. Only the rest, a tenth of a text, is taken apart.
    missing = _words(set(plain.split()).difference(shown.split()))
    if len(missing) > _MOST:
        missing.difference_update(_WORD.findall(shown))
    missing = {word for word in missing if word not in shown}
    values = {unescape(value) for value in _VALUE.findall(html)} if missing else set()
    missing -= _words((*hidden, *values))
    if missing:
        missing -= _words(map(normalizeLinkText, values))
    if not missing:
        return []
    found = dict.fromkeys(match.group() for match in _WORD.finditer(source) if match.group() in missing)
    return [word for word in islice(found, _MOST) if not _refers(word, source)]


def _words(texts: Iterable[str]) -> set[str]:
    return set(_WORD.findall(" ".join(texts)))


def _refers(word: str, source: str) -> bool:
    """Whether it is a character reference (&eacute;)."""
    return f"&{word};" in source or f"&#{word};" in source


def _visible(html: str) -> str:
    return "".join(unescape(_TAG.sub("", html)).split())
