"""A line of Markdown in -> what rules compare: its plain words, its label, its length, its end."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_LAST_SPACED = "\u303f"  # scripts without spaces come after it
_WORD = re.compile(rf"[^\W_{_CJK}]+|[{_CJK}]")
# signs beyond Latin-1 that are no part of a word, and ß: without them most lines are Latin-1
_TYPED = (
    ("’", " "),
    ("“", " "),
    ("”", " "),
    ("–", " "),
    ("—", " "),
    ("‘", " "),
    ("„", " "),
    ("…", " "),
    ("ß", "ss"),
)
_STRANGE = b"\0"  # what is no single byte any more when it is folded
_RUN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"[a-zà-öø-ÿ]+(?: [a-zà-öø-ÿ]+)*")  # what most phrases of the lexicon are already
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
TARGET = r"\((?:[^()]|\([^()]*\))*\)"  # of a link or picture; addresses may have brackets in them
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\[\]]|\([^()\[\]]*\))*\)")
# "3. März 2031" is a date, not the third item of a list
NO_DATE = (
    r"(?!\d{1,2}\.\s(?i:jan|jän|feb|mär|mar|apr|mai|maj|mei|jun|jul|aug|sep|okt|oct|nov|dez|des|dec)[^\W\d_]*"
    r"\.?\s(?:19|20)\d\d)"
)
_MARKER = re.compile(rf"^\s*(?:#{{1,6}}\s+|>\s?|{NO_DATE}(?:[-*+•·●▪■◦‣]|\d{{1,3}}[.)])\s+)*")
_MARKS = re.compile(r"(?<!\\)[*`~]{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|abbr|b|i|em|strong|u|s|small|sup|sub|mark|time|font|center|h[1-6]|li|figcaption)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ENDS = ".!?…。！？؟।۔:;"
FULL_STOPS = (".", "。", "।", "۔")
_CLOSERS = "\"'”’»›“)]*_〞」』"
_SPACES = " \u00a0\u202f"  # French sets one before its closing quotation mark
CACHE = 1 << 12  # lines whose reading is remembered; rules look at the same line many times
NUMBERS = 1 << 16  # lines of which a number or a name is remembered: those of a text of some megabytes


@lru_cache(CACHE)
def plain(text: str) -> str:
    """The words a reader sees: links, emphasis, tags and entities opened, list and heading marks gone."""
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    if "](" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
    if not text[:1].isalpha():
        text = _MARKER.sub("", text, count=1)
    if "*" in text or "_" in text or "`" in text or "~" in text:
        text = _MARKS.sub("", text)
    return _ESCAPE.sub(r"\1", text).strip() if "\\" in text else text.strip()


@lru_cache(CACHE)
def words(text: str) -> tuple[str, ...]:
    """Word tokens for comparison: case and punctuation gone, one token per CJK character."""
    return tuple(_split(plain(text), _WORD))


def counted(vocabularies: Iterable[frozenset[str]]) -> tuple[set[str], set[str]]:
    """The words of some lines, and those that two of them have."""
    once: set[str] = set()
    twice: set[str] = set()
    for own in vocabularies:
        twice |= once & own
        once |= own
    return once, twice


@lru_cache(CACHE)
def label(text: str) -> str:
    """What a short line says, for the lexicon: words only, each number as 0, one space between."""
    tokens = words(text)
    said = " ".join(tokens)
    if not said.isascii() and max(tokens) > _LAST_SPACED:
        return raw_label(plain(text))
    return _DIGITS.sub("0", said)


def raw_label(text: str) -> str:
    """The label of a phrase that is not Markdown."""
    if _LABEL.fullmatch(text):
        return text
    return _DIGITS.sub("0", " ".join(_split(text, _RUN)))


@lru_cache(NUMBERS)
def size(text: str) -> int:
    """Length in words; scripts without spaces count two characters as a word."""
    tokens = words(text)
    if text.isascii() or max(tokens, default="") <= _LAST_SPACED:
        return len(tokens)
    cjk = sum(1 for word in tokens if len(word) == 1 and word > _LAST_SPACED)
    return len(tokens) - cjk + (cjk + 1) // 2


@lru_cache(NUMBERS)
def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does (also before a closing quote or bracket)."""
    end = plain(text).rstrip(_CLOSERS + _SPACES)
    return bool(end) and end[-1] in _ENDS


def truncated(text: str) -> bool:
    """Whether the line was cut and says so ("...", "…", "[…]")."""
    return plain(text).rstrip("])» ").endswith(("...", "…"))


@lru_cache(NUMBERS)
def prose(text: str) -> bool:
    """Whether a line reads as a paragraph: long, or a whole sentence of some length."""
    if len(text) > 400 and text.count(" ") > 50:
        return True
    length = size(text)
    return length >= 25 or (length >= 8 and ends_sentence(text))


def _split(text: str, word: re.Pattern[str]) -> list[str]:
    """The words of a text, folded. For Latin-1 a table of bytes does it in a third of the time."""
    typed = text
    if not text.isascii():
        for sign, instead in _TYPED:
            typed = typed.replace(sign, instead)
    try:
        folded = typed.encode("latin-1").translate(_TABLE)
    except UnicodeEncodeError:
        folded = _STRANGE
    if _STRANGE in folded:
        return word.findall(_folded(text))
    return folded.decode("latin-1").split()


def _folded(text: str) -> str:
    text = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return text.casefold().replace("i̇", "i")


def _byte(char: str) -> bytes:
    """A character of Latin-1, folded; a space for what is no part of a word."""
    folded = _folded(char)
    if not char.isalnum():
        return b" "
    return folded.encode("latin-1") if len(folded) == 1 and folded <= "\xff" else _STRANGE


_TABLE = b"".join([_byte(chr(code)) for code in range(256)])
