"""Who reads the newsletters: the values that the ledger keeps of a reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["unconfirmed", "confirmed", "unsubscribed", "bounced", "complained"]
Act = Literal["asked", "confirmed", "imported", "changed", "unsubscribed", "bounced", "complained"]
Reason = Literal["unsubscribed", "bounced", "complained", "forgotten", "manual"]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader. Only one who is `confirmed` gets mail, and of those newsletters alone.

    `id` is given by the ledger and never again to another. `address` is as the reader wrote it, `mailbox`
    the form that two spellings of one address share. Empty `language` and `time_zone`: the publication's.
    `joined` is aware.
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
    `evidence` what proves it: a file and line, a network address, a server's answer.
    """

    at: datetime
    act: Act
    how: str
    wording: str = ""
    evidence: str = ""
