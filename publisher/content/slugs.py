"""A title or a file name -> the part of an address that people read."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_LIMIT = 80
# Windows refuses these names for files, whatever their case (specs/safety.md, slugs).
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


def slugify(text: str) -> str:
    """Lower-case Unicode letters, marks and digits (NFC) joined by `-`, at most 80 characters.

    Empty when the text has neither letter nor digit. Names that Windows reserves get a trailing `-1`.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    words = "".join(map(_letter, _APOSTROPHES.sub("", folded))).split()
    slug = ""
    for word in words:
        if len(slug) + len(word) >= _LIMIT:
            break
        slug = f"{slug}-{word}" if slug else word
    slug = slug or "".join(words)[:_LIMIT]
    return f"{slug}-1" if slug in _RESERVED else slug


def _letter(character: str) -> str:
    """Letters, the marks that belong to them, and digits; a joiner vanishes; the rest parts words."""
    if character.isascii():
        return character if character.isalnum() else " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "
