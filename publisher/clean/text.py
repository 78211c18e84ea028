"""A line of Markdown in -> what rules compare: its plain words, its label, its length, its end."""

import re
import unicodedata
from functools import lru_cache

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_RUN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\[\]]|\([^()\[\]]*\))*\)")
_MARKER = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|(?:[-*+•·●▪■◦‣]|\d{1,3}[.)])\s+)*")
_MARKS = re.compile(r"[*`~]{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_ENDS = ".!?…。！？؟।:;"
_CLOSERS = "\"'”’»›“)]*_〞」』"
CACHE = 1 << 14  # lines whose reading is remembered; rules look at the same line many times


@lru_cache(CACHE)
def plain(text: str) -> str:
    """The words a reader sees: links and emphasis opened, list and heading marks gone."""
    if "](" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
    text = _MARKER.sub("", text, count=1)
    return _ESCAPE.sub(r"\1", _MARKS.sub("", text)).strip()


@lru_cache(CACHE)
def words(text: str) -> tuple[str, ...]:
    """Word tokens for comparison: case and punctuation gone, one token per CJK character."""
    return tuple(_WORD.findall(_folded(plain(text))))


@lru_cache(CACHE)
def label(text: str) -> str:
    """What a short line says, for the lexicon: words only, each number as 0, one space between."""
    return _DIGITS.sub("0", " ".join(_RUN.findall(_folded(plain(text)))))


def raw_label(text: str) -> str:
    """The label of a phrase that is not Markdown."""
    return _DIGITS.sub("0", " ".join(_RUN.findall(_folded(text))))


@lru_cache(CACHE)
def size(text: str) -> int:
    """Length in words; scripts without spaces count two characters as a word."""
    tokens = words(text)
    if text.isascii():
        return len(tokens)
    cjk = sum(1 for word in tokens if len(word) == 1 and word > "\u303f")
    return len(tokens) - cjk + (cjk + 1) // 2


@lru_cache(CACHE)
def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does (also before a closing quote or bracket)."""
    end = plain(text).rstrip(_CLOSERS)
    return bool(end) and end[-1] in _ENDS


def truncated(text: str) -> bool:
    """Whether the line was cut and says so ("...", "…", "[…]")."""
    return plain(text).rstrip("])» ").endswith(("...", "…"))


@lru_cache(CACHE)
def prose(text: str) -> bool:
    """Whether a line reads as a paragraph: long, or a whole sentence of some length."""
    length = size(text)
    return length >= 25 or (length >= 8 and ends_sentence(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
