"""A language tag in -> what the digest says in that language out (`words.toml`), else in English."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec


@dataclass(frozen=True, slots=True)
class Phrases:
    """What stands around the articles of a digest; `{n}` and `{name}` are filled by the view."""

    read: str
    browser: str
    more: str
    stories: str
    unsubscribe: str
    by: str
    via: str
    minutes: str
    sponsor: str
    preferences: str
    reason: str


@cache
def phrases(language: str) -> Phrases:
    """The phrases for a language tag (BCP 47): the table of the whole tag upon that of its first subtag."""
    tables = _tables()
    tag = language.lower()
    base = tables.get(tag.partition("-")[0], tables["en"])
    return msgspec.convert({**base, **tables.get(tag, {})}, Phrases)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
