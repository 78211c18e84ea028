"""Rows that are due -> jobs for whoever is free; those whose domain has to wait stand aside for others."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

_BATCH = 500
_MOST = 5_000  # jobs in memory; more than that wait in the ledger


class Job(NamedTuple):
    """A reader's turn: ids in the ledger, how often it was tried, since when (Unix time; 0: never)."""

    issue: int
    subscriber: int
    attempts: int = 0
    tried: int = 0


class Queue:
    """Hands out each row once until it is released. `claim(n)` gives up to n due rows, held or not."""

    def __init__(self, claim: Callable[[int], Sequence[Job]], limit: int = 0) -> None:
        self._claim = claim
        self._held: set[tuple[int, int]] = set()
        self._ready: deque[Job] = deque()
        self._parked: list[tuple[float, Job]] = []
        self._broken: Counter[tuple[int, int]] = Counter()
        self._dry = False
        self._left = limit or -1

    def take(self, now: float) -> Job | None:
        """The next job; None while there is nothing to do. `now` is of a clock that never steps back."""
        if self._left == 0:
            return None
        if self._parked and self._parked[0][0] <= now:
            job = heappop(self._parked)[1]
        else:
            if not self._ready and not self._dry and len(self._held) < _MOST:
                self._refill()
            if not self._ready:
                return None
            job = self._ready.popleft()
        self._left -= self._left > 0
        return job

    def park(self, job: Job, until: float) -> None:
        """The job cannot be done before `until`; others can."""
        heappush(self._parked, (until, job))
        self._left += self._left >= 0

    def back(self, job: Job) -> None:
        """The job was not done, and goes to the end."""
        self._ready.append(job)
        self._left += self._left >= 0

    def broke(self, job: Job) -> int:
        """A connection broke over the job; how many have by now."""
        self._broken[job[:2]] += 1
        return self._broken[job[:2]]

    def release(self, job: Job, again: bool = False) -> None:
        """The ledger knows what became of it. `again`: it is due once more."""
        self._held.discard(job[:2])
        self._dry = self._dry and not again

    def look_again(self) -> None:
        """Time has passed: rows may be due that were not."""
        self._dry = False

    @property
    def idle(self) -> bool:
        """Nothing is left to be done, or under way, as far as the last look into the ledger goes."""
        if self._left == 0:
            return len(self._held) == len(self._ready) + len(self._parked)
        return self._dry and not self._held

    @property
    def exhausted(self) -> bool:
        """The limit was reached."""
        return self._left == 0

    @property
    def pausing(self) -> float:
        """The moment when the first parked job may go on; 0 if none is parked."""
        return self._parked[0][0] if self._parked else 0.0

    def _refill(self) -> None:
        found = self._claim(_BATCH + len(self._held))
        fresh = [job for job in found if job[:2] not in self._held][:_BATCH]
        self._held.update(job[:2] for job in fresh)
        self._ready.extend(fresh)
        self._dry = not fresh
