"""Values of a sending run: what was asked for, how each issue stands, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from publisher.store.deliveries import State
from publisher.store.outgoing import Outgoing
from publisher.work.choosing import Asked

INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Wish:
    """How to send. `limit` 0: all; `wait`: stay until nothing is deferred; `retry`: what had failed, too."""

    asked: Asked = field(default_factory=Asked)
    limit: int = 0
    on_unknown: Literal["hold", "resend"] = "hold"
    wait: bool = False
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """How an issue stands. `enrolled`: readers whom this run added; `doubted`: rows it found in doubt."""

    issue: Outgoing
    states: Mapping[str, int]
    enrolled: int = 0
    doubted: int = 0

    def of(self, *states: State) -> int:
        """How many rows are in one of these states."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def waiting(self) -> int:
        """Mails that this run may send; before the readers are enrolled, all of them."""
        return self.of("pending", "deferred") or (0 if self.issue.enrolled else self.enrolled)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did. `tally` counts its own mails by state; `stopped` says why it ended early.

    `stale`: issues that became too old while somebody waited for them. `remarks`: relays that did not work.
    """

    accounts: tuple[Account, ...]
    stale: tuple[Outgoing, ...] = ()
    tally: Mapping[State, int] = field(default_factory=dict)
    seconds: float = 0.0
    stopped: str = ""
    limited: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def code(self) -> int:
        """130 interrupted; 75 somebody still waits or is in doubt; 4 somebody will not get it; 0 fine."""
        if self.stopped == INTERRUPTED:
            return 130
        waits: tuple[State, ...] = ("deferred", "unknown", "sending")
        if not self.limited:
            waits = (*waits, "pending")
        if self.stopped or any(each.of(*waits) for each in self.accounts):
            return 75
        return 4 if self.stale or any(each.of("failed") for each in self.accounts) else 0
