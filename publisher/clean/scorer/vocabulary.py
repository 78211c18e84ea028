"""The word lists and the phrase lists in -> sets of single words: function words, address, furniture."""

import tomllib
from functools import cache
from importlib.resources import files

from publisher.clean.prepared import prepared
from publisher.clean.tables import tables
from publisher.clean.text import raw_label

_FAMILIES = {
    "call_words": ("newsletter", "subscribe", "apps", "consent"),
    "share_words": ("share", "comments"),
    "related_words": ("related",),
    "ad_words": ("ads", "rights"),
    "tool_words": ("tools",),
    "time_words": ("stamps",),
    "people_words": ("bylines",),
}
GROUPS = tuple(_FAMILIES)
_WHOLE = {"notices", "together", "edit"}  # of these lists the words do not count one by one


@prepared
def function() -> frozenset[str]:
    """Words without a subject of their own, of every language listed."""
    return frozenset(word for line in _book()["function"].values() for word in line.split())


@prepared
def address(who: str) -> frozenset[str]:
    """Words that address the `reader` ("your") or mean the `page` itself ("us")."""
    return frozenset(_book()["address"][who].split())


@prepared
def groups() -> dict[str, tuple[str, ...]]:
    """Each word of the phrase lists, function words apart -> the GROUPS in which it occurs, by name."""
    rows: dict[str, tuple[str, ...]] = {}
    for group in sorted(GROUPS):
        for word in _words(group) - function():
            rows[word] = (*rows.get(word, ()), group)
    return rows


def _words(group: str) -> set[str]:
    listed = [table for table in tables().values() if "words" in table.get("file", {}).get("counted", ())]
    entries = (table.get(family, {}) for table in listed for family in _FAMILIES[group])
    lists = (phrases for entry in entries for key, phrases in entry.items() if key not in _WHOLE)
    text = " ".join([phrase for phrases in lists for phrase in phrases])
    words = set(raw_label(text.replace("{x}", " ").replace("0", " ")).split())
    return {word for word in words if len(word) > 1 and not word.isdigit()}


@cache
def _book() -> dict[str, dict[str, str]]:
    source = files("publisher.clean.scorer") / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
