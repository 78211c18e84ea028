"""The lexicon files in -> their phrases as they are written, by language, family and key."""

import re
from functools import cache
from importlib.resources import files

from publisher.clean.prepared import prepared
from publisher.clean.text import raw_label

_TABLE = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
_LIST = re.compile(r"^(\w+) = \[", re.MULTILINE)
_PHRASE = re.compile(r'"([^"]*)"')
Table = dict[str, dict[str, list[str]]]


@cache
def tables() -> dict[str, Table]:
    """Every lexicon file: language -> family -> key -> phrases."""
    folder = files("publisher.clean") / "lexicon"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda i: i.name)
    return {item.name[:-5]: read(item.read_text(encoding="utf-8")) for item in found}


def read(text: str) -> Table:
    """What a lexicon file says: TOML with tables of lists of plain strings, and nothing else.

    Each process reads half a megabyte of them before its first line, in a fifth of the time `tomllib` takes.
    """
    _, *parts = _TABLE.split(text)
    return {family: lists(body) for family, body in zip(parts[::2], parts[1::2], strict=True)}


def lists(text: str) -> dict[str, list[str]]:
    """The same for lists without tables."""
    _, *parts = _LIST.split(text)
    return {key: _PHRASE.findall(body) for key, body in zip(parts[::2], parts[1::2], strict=True)}


@prepared
def vocabulary(family: str, key: str) -> tuple[str, ...]:
    """The phrases under one key in every language, as labels."""
    found = (table.get(family, {}).get(key, ()) for table in tables().values())
    return tuple(raw_label(phrase) for phrases in found for phrase in phrases)
