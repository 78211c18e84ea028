"""A language tag in -> what the pages and mails of the endpoint say in that language (`words.toml`)."""

from dataclasses import dataclass
from functools import cache

from publisher.wording import in_language


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said to readers; `{title}`, `{name}`, `{names}` and `{address}` are filled later."""

    signup: str
    signup_text: str
    again: str
    email: str
    which: str
    consent: str
    trap: str
    wrong_address: str
    choose: str
    sent: str
    sent_text: str
    sent_later: str
    busy: str
    busy_text: str
    confirm: str
    confirm_text: str
    confirm_button: str
    confirm_not: str
    confirmed: str
    confirmed_text: str
    expired: str
    expired_text: str
    leave: str
    leave_text: str
    leave_button: str
    left: str
    left_text: str
    left_all: str
    still: str
    leave_all: str
    regret: str
    settings: str
    settings_text: str
    nothing: str
    language: str
    default_language: str
    save: str
    saved: str
    data: str
    data_text: str
    export: str
    erase: str
    erase_title: str
    erase_text: str
    erase_button: str
    erase_not: str
    erased: str
    erased_text: str
    mine: str
    mine_text: str
    mine_button: str
    broken: str
    broken_text: str
    trouble: str
    trouble_text: str
    back: str
    mail_confirm: str
    mail_confirm_text: str
    mail_confirm_not: str
    mail_settings: str
    mail_settings_text: str
    mail_settings_not: str


@cache
def phrases(language: str) -> Phrases:
    """The phrases for a language tag (BCP 47): the table of the whole tag upon that of its first subtag."""
    return in_language("publisher.web", language, Phrases)


# The languages that a reader can choose, by what they are called in themselves (Unicode CLDR).
NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "he": "עברית",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "pt-BR": "Português (Brasil)",
}


def joined(names: tuple[str, ...], and_: str) -> str:
    """`Tide, Weekly and Jobs`, in a language where `and_` says "and"."""
    *first, last = names or ("",)
    return f"{', '.join(first)} {and_} {last}" if first else last


def isolated(text: str, direction: str) -> str:
    """A name or an address that keeps its own direction among words of another (UAX 9, FSI and PDI)."""
    return f"\u2068{text}\u2069" if direction == "rtl" else text
