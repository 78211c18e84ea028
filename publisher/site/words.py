"""A language tag in -> the words and dates of the theme in that language out.

The words live in `words.toml`, one table per language; a table such as `en-us` needs only what
differs from `en`. Languages without a table read English.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from publisher.wording import in_language

# Scripts are written right to left in these languages (Unicode CLDR, characterOrder).
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Words:
    """What the theme says around the articles. `{…}` in a phrase is filled by the methods below."""

    skip: str
    home: str
    sections: str
    topics: str
    authors: str
    archive: str
    newsletter: str
    newsletter_text: str
    newsletter_read: str
    feed: str
    latest: str
    by: str
    and_: str
    published: str
    updated: str
    minutes: str
    contents: str
    photo: str
    source: str
    license: str
    original: str
    previous: str
    next: str
    newer: str
    older: str
    page: str
    pages: str
    more: str
    empty: str
    missing: str
    missing_text: str
    gone: str
    gone_text: str
    appearance: str
    light: str
    dark: str
    automatic: str
    share: str
    mail: str
    address: str
    related: str
    signup: str
    signup_label: str
    issues: str
    moved: str
    search: str
    search_label: str
    search_without: str
    found: str
    none: str
    near: str
    failed: str
    more_found: str
    section: str
    year: str
    all: str
    day: str
    month: str
    months: tuple[str, ...]
    first: str = "1"

    def date(self, moment: datetime) -> str:
        """The day of `moment`, in its own time zone: `3 March 2026`."""
        day = self.first if moment.day == 1 else str(moment.day)
        return self.day.format(day=day, month=self.months[moment.month - 1], year=moment.year)

    def month_of(self, year: int, month: int) -> str:
        """`March 2026`."""
        return self.month.format(month=self.months[month - 1], year=year)

    def reading(self, minutes: int) -> str:
        """`4 min read`."""
        return self.minutes.format(n=minutes)

    def page_number(self, number: int) -> str:
        """`Page 2`."""
        return self.page.format(n=number)


@cache
def words(language: str) -> Words:
    """The words for a language tag (BCP 47): the table of the whole tag upon that of its first subtag."""
    return in_language("publisher.site", language, Words)


def direction(language: str) -> Direction:
    """The direction in which a language is written."""
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"
