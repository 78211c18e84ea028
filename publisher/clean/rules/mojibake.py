"""Text decoded with the wrong character set: "â€™" for an apostrophe, "Ã¼" for "ü".

Why: somewhere on its way UTF-8 was read as Windows-1252.

Fix: runs that decode cleanly the other way round are repaired. In a text that has such runs so are "Ã " for
"à", as its second half is a space that does not break, and "â€" for a closing quotation mark, as its last
third is nothing; anything else stays.

Example: "the cityâ€™s bridge" becomes "the city’s bridge".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from publisher.clean.report import change
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import CACHE
from publisher.model import Article, Finding

CODE = "TX002"

# how a UTF-8 lead byte and its followers look in Windows-1252
_FOLLOW = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_RUN = re.compile(
    rf"[\u00c2-\u00df][{_FOLLOW}]|[\u00e0-\u00ef][{_FOLLOW}]{{2}}|[\u00f0-\u00f4][{_FOLLOW}]{{3}}"
)
_PAIR = re.compile(rf"[\u00c2-\u00f4][{_FOLLOW}]")
# "à", of whose second half a plain space was made; as a word of its own, or with the space that follows it
_LOST = re.compile(r"(?<![^\W_])Ã {1,2}(?=\S)|Ã {2}(?=\S)")
# a closing quotation mark, whose last byte Windows-1252 has no character for
_CLOSING = re.compile(r"(?<=\S)â€(?=[\s.,;:!?)\]*_]|$)")
_BYTES = {bytes([code]).decode("cp1252", "replace"): code for code in range(0x80, 0xA0)}


def check(article: Article) -> Iterator[Finding]:
    if not any(_paired(line.text) for line in article.lines):
        return
    lossy = any(_RUN.search(line.text) for line in article.lines)
    for line, kind in zip(article.lines, kinds(article.lines), strict=True):
        if kind == "fence" or not (_paired(line.text) or "Ã " in line.text or "â€" in line.text):
            continue
        text = mended(_CLOSING.sub("”", _LOST.sub("à ", line.text)) if lossy else line.text)
        if text != line.text:
            yield change(CODE, line, text, "text read with the wrong character set")


@lru_cache(CACHE)
def _paired(text: str) -> bool:
    return not text.isascii() and _PAIR.search(text) is not None


def mended(text: str) -> str:
    """The text with every run repaired, also those that a repair brings about."""
    while (again := _RUN.sub(_repaired, text)) != text:  # each repair is shorter than what it mends
        text = again
    return text


def _repaired(match: re.Match[str]) -> str:
    run = match.group()
    codes = [_BYTES.get(char, ord(char)) for char in run]
    try:
        text = bytes(codes).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return run
    return text if text.isprintable() or text == "\u00a0" else run


RULE = define(CODE, "mojibake", __doc__, check)
