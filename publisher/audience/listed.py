"""A row of a list of readers -> who it is and what the list says of mail there, or why it cannot be read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from publisher.audience.addresses import read_address
from publisher.audience.columns import Columns, Field
from publisher.audience.formulas import restore
from publisher.audience.subscriber import SILENT, Newcomer, State
from publisher.content.dates import in_zone, parse_date
from publisher.content.spelling import nearest

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SEPARATORS = re.compile(r"[,;|\n]")
_LONGEST = 200  # characters of a name
_SHOWN = 40  # characters of a cell that cannot be read
_MOMENTS: tuple[Field, ...] = ("joined", "agreed", "left", "bounced")
_NO = {"false", "no", "0", "n", "f"}
_YES = {"true", "yes", "1", "y", "t"}
_WORDS: Mapping[State, str] = {
    "confirmed": "confirmed active enabled subscribed regular premium free paid comped gifted trialed churned"
    " churning past_due yes true 1",
    "unconfirmed": "unconfirmed pending unactivated waiting inactive nonsubscribed transactional",
    "unsubscribed": "unsubscribed unsubscribe removed disabled blocklisted blacklisted blocked suppressed"
    " cancelled canceled archived opted-out optedout left no false 0",
    "bounced": "bounced bounce cleaned undeliverable hard-bounced invalid",
    "complained": "complained complaint spam abuse spammy",
}
_STATES: Mapping[str, State] = {word: state for state, words in _WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A reader as a list has it. `state` is the list's word: it alone makes nobody confirmed.

    `joined`, `agreed` (to the wording) and `left` are aware, None where the list does not say. `departed`
    are newsletters that the reader has left.
    """

    newcomer: Newcomer
    state: State
    joined: datetime | None
    agreed: datetime | None
    left: datetime | None
    wording: str = ""
    departed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """How rows are read: their columns, the newsletters there are, and those of rows that name none."""

    columns: Columns
    known: tuple[str, ...]
    default: tuple[str, ...]


def read_row(cells: Sequence[str], listing: Listing) -> Listed:
    """The reader in a row. Dates without a zone are UTC. Raises ValueError with a reason."""
    width = len(listing.columns.header)
    if width and any(cells[width:]):
        raise ValueError(f"{len(cells)} cells, the header has {width}: is there a comma without quotes?")
    places = listing.columns.places.items()
    row = {field: restore(cells[at]).strip() for field, at in places if at < len(cells)}
    joined, agreed, left, bounced = (_moment(row.get(field, "")) for field in _MOMENTS)
    newcomer = Newcomer(
        read_address(row.get("email", "")),
        _newsletters(row, listing),
        read_name(row.get("name") or f"{row.get('first_name', '')} {row.get('last_name', '')}"),
        read_language(row.get("language", "")),
        read_zone(row.get("time_zone", "")),
    )
    state = _state(row)
    if not newcomer.newsletters and state not in SILENT:
        raise ValueError("it names no newsletter, and there are several: --newsletter says which is meant")
    departed = _known(_names(row.get("left_newsletters", "")), listing)
    return Listed(
        newcomer, state, joined or agreed, agreed, left or bounced, row.get("wording", ""), departed
    )


@lru_cache(4096)
def read_name(text: str) -> str:
    """A name on one line, without what steers a terminal or turns the direction of text."""
    visible = "".join(letter if _in_names(letter) else " " for letter in text)
    name = " ".join(unicodedata.normalize("NFC", visible).split())
    if len(name) > _LONGEST:
        raise ValueError(f"the name has {len(name):,} characters, more than {_LONGEST}")
    return name


def _in_names(letter: str) -> bool:
    """Persian and Hindi names have joiners."""
    return letter in "\u200c\u200d" or unicodedata.category(letter)[0] not in "CZ"


@lru_cache(512)
def read_language(text: str) -> str:
    """A language tag (BCP 47) such as `de` or `en-GB`; `en_GB` is taken for one."""
    tag = text.strip().replace("_", "-")
    if tag and not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{shown(text)} is no language; write de or en-GB")
    first, *rest = tag.split("-")
    return "-".join((first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


@lru_cache(512)
def read_zone(text: str) -> str:
    """The name of a time zone such as `Europe/Oslo`."""
    try:
        return ZoneInfo(text).key if text else ""
    except (ValueError, OSError, KeyError):
        raise ValueError(f"{shown(text)} is no time zone; write Europe/Oslo") from None


def read_newsletter(name: str, known: Sequence[str]) -> str:
    """The newsletter as it is configured, found without case."""
    for each in known:
        if each.casefold() == name.casefold():
            return each
    hint = nearest(name, known) or f"there are: {', '.join(known)}"
    raise ValueError(f"there is no newsletter {shown(name)} ({hint})")


def _newsletters(row: Mapping[Field, str], listing: Listing) -> tuple[str, ...]:
    """Those the row names, or the default; of tags, which are for anything, those that name one."""
    chosen = {read_newsletter(name, listing.known) for name in _names(row.get("newsletters", ""))}
    chosen |= set(_known(_names(row.get("tags", "")), listing))
    return tuple(sorted(chosen)) or listing.default


def _known(names: Sequence[str], listing: Listing) -> tuple[str, ...]:
    wanted = {name.casefold() for name in names}
    return tuple(sorted(each for each in listing.known if each.casefold() in wanted))


def _names(cell: str) -> tuple[str, ...]:
    names = (name.strip(" \t\"'[]") for name in _SEPARATORS.split(cell))
    return tuple(name for name in names if name)


def _state(row: Mapping[Field, str]) -> State:
    """The word of the list that most keeps mail away."""
    if row.get("bounced"):
        return "bounced"
    word = "-".join(row.get("status", "").casefold().split())
    if word and word not in _STATES:
        raise ValueError(
            f"the status {shown(word)} is not known; write confirmed, unconfirmed or unsubscribed"
        )
    state = _STATES.get(word, "confirmed")
    gone = row.get("left") or _flag(row, "disabled") or _flag(row, "subscribed") is False
    return "unsubscribed" if gone and state in {"confirmed", "unconfirmed"} else state


def _flag(row: Mapping[Field, str], field: Field) -> bool | None:
    word = row.get(field, "").casefold()
    if word and word not in _YES | _NO:
        raise ValueError(f"{shown(word)} is neither yes nor no")
    return word in _YES if word else None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return in_zone(parse_date(text), UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{shown(text)} is no date; write 2026-11-20 or 2026-11-20T09:30Z") from error


def shown(cell: str) -> str:
    """A cell as it may stand in a message: short, and no address, which belongs into no log."""
    return "an address" if "@" in cell else repr(cell[:_SHOWN])
