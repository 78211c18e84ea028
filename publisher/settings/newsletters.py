"""What can be configured of newsletters, as frozen values. Keys in the file read the same."""

from dataclasses import dataclass, field
from typing import Literal

Every = Literal["", "day", "week"]
Order = Literal["", "section", "newest", "oldest"]
Weekday = Literal["", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """One newsletter, `[newsletters.NAME]`. What is empty or 0 is as `[newsletter]` says.

    `sender` is the address in From, `address` the postal address the law asks for. An article belongs to
    it that is in one of `sections` or has one of `tags` (where either is given), in one of `languages`
    (where they are given). `first`: the sections that come first, in this order.
    """

    name: str = field(default="", metadata={"key": False})
    title: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    preheader: str = ""
    intro: str = ""
    sponsor: str = ""
    sponsor_url: str = ""
    sponsor_label: str = ""
    address: str = ""
    reason: str = ""
    unsubscribe: str = ""
    language: str = ""
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    every: Every = ""
    on: Weekday = ""
    order: Order = ""
    first: tuple[str, ...] = ()
    max_items: int = 0


@dataclass(frozen=True, slots=True)
class NewsletterSettings(EditionSettings):
    """`[newsletter]`: what holds for all newsletters; without any by name, the one called `daily`.

    The sign-up form posts to `signup`, the address in `signup_field`; without it there is none.
    """

    subject: str = "{title}: {lead}"
    every: Every = "day"
    on: Weekday = "monday"
    order: Order = "section"
    max_items: int = 50
    signup: str = ""
    signup_field: str = "email"
