"""What can be configured of sending: the relays, the signatures, how issues go out through them."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """A mail server that takes mails from us. `port` 0: the usual one of its `security`.

    `secrets` names a file with the password, `authority` one with certificates to trust besides the
    system's own. `weight` 0: only while no other works. `rate` as in `600/min`; `timeout` in seconds.
    """

    name: str = field(default="", metadata={"key": False})
    host: str = "localhost"
    port: int = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    secrets: str = ""
    authority: str = ""
    weight: int = 1
    connections: int = 10
    per_connection: int = 100
    rate: str = ""
    timeout: int = 300


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """How issues are sent. `bounces`: the domain that mails come back to; '': the sender's address.

    `max_age` and `give_up_after` in hours, `patience` in seconds; `domain_rate` as in `gmail.com 20/s`.
    """

    on_unknown: Literal["hold", "resend"] = "hold"
    bounces: str = ""
    max_age: int = 48
    give_up_after: int = 48
    domain_rate: tuple[str, ...] = ()
    local_time: str = ""
    patience: int = 30


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """A key to sign mails with, by its selector. `domain`: empty for the sender's; `key`: a file in PEM.

    `rewritten`: header fields that the relay writes anew, so that they cannot be signed.
    """

    name: str = field(default="", metadata={"key": False})
    domain: str = ""
    key: str = ""
    rewritten: tuple[str, ...] = ()
