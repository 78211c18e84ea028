"""A title or a file name -> the part of an address that people read."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")
# A file name holds 255 bytes; this leaves room for what goes around it.
_MOST_BYTES = 200
# Windows refuses these names for files, whatever their case (specs/safety.md, slugs).
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


def slugify(text: str) -> str:
    """Lower-case Unicode letters, marks and digits (NFC) joined by `-`, at most 200 bytes.

    Empty when the text has neither letter nor digit. Names that Windows reserves get a trailing `-1`.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    words = "".join(map(_letter, _APOSTROPHES.sub("", folded))).split()
    slug = _shortened("-".join(words))
    return f"{slug}-1" if slug in _RESERVED else slug


def is_slug(text: str) -> bool:
    """Whether an author's own slug is fit for an address: letters, marks, digits and `-_.~`, in NFC."""
    safe = all(c in "-_.~" or unicodedata.category(c)[0] in "LMN" for c in text)
    whole = bool(text) and not text.startswith(".") and not text.endswith(".")
    short = len(text.encode()) <= _MOST_BYTES and unicodedata.is_normalized("NFC", text)
    return safe and whole and short and not is_reserved(text)


def is_reserved(name: str) -> bool:
    """Whether Windows refuses a file or folder of this name, whatever follows its first dot."""
    return name.casefold().partition(".")[0] in _RESERVED


def _shortened(slug: str) -> str:
    if len(slug.encode()) <= _MOST_BYTES:
        return slug
    cut = slug.encode()[:_MOST_BYTES].decode(errors="ignore")
    return (cut.rpartition("-")[0] or cut).strip("-")


def _letter(character: str) -> str:
    """Letters, the marks that belong to them, and digits; a joiner vanishes; the rest parts words."""
    if character.isascii():
        return character if character.isalnum() else " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "
