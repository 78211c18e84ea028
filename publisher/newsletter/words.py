"""A language tag in -> what the digest says in that language out (`words.toml`), else in English."""

from dataclasses import dataclass
from functools import cache

from publisher.wording import in_language


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
    return in_language("publisher.newsletter", language, Phrases)
