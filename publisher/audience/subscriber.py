"""Who reads the newsletters: the values that the ledger keeps of a reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["unconfirmed", "confirmed", "unsubscribed", "bounced", "complained"]
Act = Literal["asked", "confirmed", "imported", "changed", "unsubscribed", "bounced", "complained"]
# From the weakest word to the strongest: what a reader wants goes before what a server says.
SILENT: tuple[State, ...] = ("bounced", "unsubscribed", "complained")
Reason = Literal["unsubscribed", "bounced", "complained", "forgotten", "manual"]


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address that was read by `audience.addresses.read_address`.

    `address` is what goes on the envelope: the local part as the reader wrote it (normal form C), the
    domain in ASCII. `mailbox` is the form that two spellings of one address share.
    """

    address: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to become a reader of these newsletters. Empty: not known, or the publication's."""

    address: Address
    newsletters: tuple[str, ...]
    name: str = ""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader changes; None leaves it. `newsletters` are all that are wanted, not only new ones."""

    name: str | None = None
    language: str | None = None
    time_zone: str | None = None
    newsletters: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. Only one who is `confirmed` gets mail, and of those newsletters alone.

    `id` is given by the ledger and never again to another. `address` and `mailbox` are those of `Address`,
    `newsletters` in alphabetical order. Empty `language` and `time_zone`: the publication's. `joined` is
    aware.
    """

    id: int
    address: str
    mailbox: str
    state: State
    newsletters: tuple[str, ...]
    joined: datetime
    name: str = ""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a reader did or had done, and by what words: the record that the law asks for (GDPR, article 7).

    `how` names the way (`form`, `import`, `command`, `one-click`, `bounce`), `wording` what was agreed to,
    `evidence` what proves it: a file and line, a network address, a server's answer. `newsletters`: those
    it is about. `at` is aware.
    """

    at: datetime
    act: Act
    how: str
    wording: str = ""
    evidence: str = ""
    newsletters: tuple[str, ...] = ()
