"""What `[bounces]` configures, as a frozen value with its defaults."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class BounceSettings:
    """Where bounces arrive (`mailbox`), and what becomes of a mail that was `processed`.

    `secrets` names a file with the mailbox's password. A reader is given up after `soft_count` soft bounces
    over at least `soft_days`; those older than `soft_memory` days are forgotten.
    """

    mailbox: str = ""
    processed: Literal["move", "keep", "delete"] = "move"
    folder: str = "processed"
    secrets: str = ""
    soft_count: int = 5
    soft_days: int = 14
    soft_memory: int = 60
