"""Troubles with a relay, one after the other -> when it may be tried again, and when it is time to stop."""

from dataclasses import dataclass

_FIRST = 1.0  # seconds until the first new try
_LONGEST = 60.0
STREAK = 20  # refusals without one mail taken, after which it is not the readers


@dataclass(slots=True)
class Health:
    """How a relay has been doing. Moments are of a clock that never steps back.

    `since`: when the trouble began that has not ended; `refused`: refusals in a row that may be its fault;
    `hopeless`: only a person can mend it.
    """

    troubles: int = 0
    until: float = 0.0
    since: float | None = None
    refused: int = 0
    reason: str = ""
    hopeless: bool = False

    def trouble(self, now: float, reason: str) -> None:
        """Connections that fail together are one trouble."""
        self.reason = reason
        self.since = now if self.since is None else self.since
        if now >= self.until:
            self.until = now + min(_LONGEST, _FIRST * 2.0**self.troubles)
            self.troubles += 1

    def fine(self) -> None:
        self.troubles, self.until, self.since, self.refused = 0, 0.0, None, 0

    def refusal(self, reason: str) -> bool:
        """Counts a refusal that may be the relay's; whether there have been too many in a row."""
        self.refused += 1
        self.reason = reason
        return self.refused >= STREAK

    def over(self, now: float, patience: float) -> bool:
        """Whether it is of no use to try any longer: nothing has worked for `patience` seconds."""
        return self.hopeless or (self.since is not None and now - self.since >= patience)
