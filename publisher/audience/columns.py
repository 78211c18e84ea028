"""The header of a list of readers, in the usual spellings -> what stands in which column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Field = Literal[
    "email", "name", "first_name", "last_name", "language", "time_zone", "status", "subscribed", "disabled",
    "newsletters", "tags", "left_newsletters", "joined", "agreed", "left", "bounced", "wording",
]  # fmt: skip
Origin = Literal["listmonk", "ghost", "mailchimp", "buttondown", "substack"]

# Without case, spaces and joints; of several in one header the first in this order counts.
SPELLINGS: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        "email": ("email", "emailaddress", "mail", "subscriberemail", "emailadresse", "courriel", "address"),
        "name": ("name", "fullname", "displayname", "subscribername"),
        "first_name": ("firstname", "givenname", "fname", "vorname", "prénom"),
        "last_name": ("lastname", "surname", "familyname", "lname", "nachname"),
        "language": ("language", "lang", "locale", "sprache", "langue"),
        "time_zone": ("timezone", "tz"),
        "status": ("status", "subscriptionstatus", "subscribertype", "emailstatus"),
        "subscribed": ("subscribedtoemails", "subscribed"),
        "disabled": ("emaildisabled", "disabled", "unsubscribed"),
        "newsletters": ("newsletters", "newsletter", "lists", "list"),
        "tags": ("tags", "tag", "labels", "groups"),
        "left_newsletters": ("leftnewsletters",),
        "joined": ("joined", "joinedat", "createdat", "created", "creationdate", "subscribedat", "signupdate",
                   "signedup", "dateadded", "optintime", "confirmtime", "date"),
        "agreed": ("consentat", "confirmedat", "confirmtime", "confirmationdate", "optintime", "optindate"),
        "left": ("leftat", "unsubscribedat", "unsubtime", "unsubscriptiondate"),
        "bounced": ("bouncedat", "cleantime"),
        "wording": ("consentwording", "consenttext"),
    }
)  # fmt: skip
# What each program's export is known by, beside the address.
ORIGINS: Mapping[Origin, tuple[str, ...]] = MappingProxyType(
    {
        "listmonk": ("uuid", "email", "status"),
        "ghost": ("email", "subscribedtoemails"),
        "mailchimp": ("emailaddress", "memberrating"),
        "buttondown": ("email", "creationdate"),
        "substack": ("email", "emaildisabled"),
    }
)
_JOINTS = re.compile(r"[\s_.\-:*]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each field in a row, counted from 0; `ignored` are the headers nobody asked for.

    `header` is the row they were read from, empty where the file has none.
    """

    places: Mapping[Field, int]
    header: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def read_header(cells: Sequence[str], origin: Origin | None = None) -> Columns:
    """What the columns hold.

    Raises ValueError where none holds addresses, two have one name, or the file is no export of `origin`.
    """
    names = [_bare(cell) for cell in cells]
    missing = [name for name in ORIGINS[origin] if name not in names] if origin else []
    if missing:
        raise ValueError(f"this is no export of {origin}: it has no column {missing[0]!r}")
    twice = {name for name in names if name and names.count(name) > 1}
    places: dict[Field, int] = {}
    for field, spellings in _spellings(origin).items():
        if found := next((name for name in spellings if name in names), ""):
            if found in twice:
                raise ValueError(f"two columns are called {found!r}")
            places[field] = names.index(found)
    if "email" not in places:
        raise ValueError("no column holds addresses")
    used = set(places.values())
    ignored = (cell.strip() for at, cell in enumerate(cells) if at not in used)
    return Columns(places, tuple(cells), tuple(filter(None, ignored)))


def headless(cells: Sequence[str]) -> Columns | None:
    """The columns of a file that begins with an address instead of a header; None for a header."""
    at = [number for number, cell in enumerate(cells) if "@" in cell.strip("@ ")]
    return Columns({"email": at[0]}) if len(at) == 1 else None


def _spellings(origin: Origin | None) -> dict[Field, tuple[str, ...]]:
    """`type` says anything in a list of one's own."""
    found = dict(SPELLINGS)
    if origin == "buttondown":
        found["status"] = (*found["status"], "type")
    return found


def _bare(cell: str) -> str:
    return _JOINTS.sub("", cell.strip().casefold())
