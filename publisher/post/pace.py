"""How fast may it go: token buckets for relays and for domains, and how long a deferred mail waits."""

from collections.abc import Mapping
from dataclasses import dataclass

_FIRST, _LONGEST = 300, 12_600  # seconds between two tries of one mail
_BURST = 1.0  # seconds' worth that may go at once after a rest


def back_off(attempts: int, number: int) -> int:
    """Seconds until a mail that was tried `attempts` times is tried again: 5 minutes, doubled up to 4 hours.

    A tenth more by the reader's `number`, so that all who were deferred together do not return together.
    """
    wait = int(min(_LONGEST, _FIRST * 2.0 ** min(attempts - 1, 20)))
    return wait + wait // 10 * (number % 100) // 100


@dataclass(slots=True)
class Bucket:
    """A bucket that fills with `rate` tokens a second. Moments are of a clock that never steps back."""

    rate: float
    tokens: float = 1.0
    at: float = 0.0

    def take(self, now: float) -> float:
        """Takes a token: 0.0; or takes none and says in how many seconds there is one."""
        if self.rate <= 0:
            return 0.0
        most = max(1.0, self.rate * _BURST)
        self.tokens = min(most, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1.0:
            return (1.0 - self.tokens) / self.rate
        self.tokens -= 1.0
        return 0.0


class Domains:
    """A bucket for each domain of recipients that has a rate."""

    def __init__(self, rates: Mapping[str, float]) -> None:
        self._rates = rates
        self._buckets: dict[str, Bucket] = {}

    def take(self, address: str, now: float) -> float:
        """As `Bucket.take`, for the domain of the address."""
        if not self._rates:
            return 0.0
        domain = address.rpartition("@")[2].lower()
        rate = self._rates.get(domain, self._rates.get("*", 0.0))
        if rate <= 0:
            return 0.0
        bucket = self._buckets.get(domain)
        if bucket is None:
            bucket = self._buckets[domain] = Bucket(rate, at=now)
        return bucket.take(now)
