"""What a crew asks of those it works for: the one who knows the readers, and the terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from publisher.post.queue import Job
from publisher.post.session import Mail
from publisher.post.verdicts import Outcome


class Desk(Protocol):
    """Who knows the readers and keeps the ledger."""

    def claim(self, most: int) -> Sequence[Job]:
        """Up to `most` rows that are due, those first that have waited longest."""

    def wait(self) -> float | None:
        """Seconds until a row is due that is not yet; None if there is none, or nobody waits for it."""

    def recipient(self, job: Job) -> str:
        """The reader's address at this moment; '' for one who is to get nothing."""

    def mail(self, job: Job, recipient: str) -> Mail | Outcome:
        """The finished mail; an Outcome if none can be made."""

    async def sending(self, job: Job, relay: str) -> bool:
        """Returns True once the ledger says safely that the mail is on its way."""

    def settle(self, job: Job, outcome: Outcome, relay: str) -> None:
        """Notes what became of the job, and releases it in the queue when the ledger has it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`rates`: mails per second by domain; `patience`: seconds without success after which it ends.

    `stays`: also where a relay refuses every mail for now.
    """

    rates: Mapping[str, float]
    patience: float
    stays: bool = False
