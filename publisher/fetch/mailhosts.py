"""A domain in -> whether mail to it can arrive, as DNS says; remembered, and never waited for long."""

import time
from collections import OrderedDict
from collections.abc import Callable

from publisher.fetch.names import Names
from publisher.health.routes import takes_mail

_SECONDS = 3.0  # for one question
_HOUR = 3_600.0
_MOST = 5_000  # domains that are remembered; those asked for longest ago are forgotten first
_REST = 60.0  # seconds without questions after one that took its whole time


class MailHosts:
    """`names` gives what asks DNS about a domain; `steady` seconds of a clock that never steps back."""

    def __init__(
        self,
        names: Callable[[], Names] = lambda: Names(_SECONDS),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._names = names
        self._steady = steady
        self._known: OrderedDict[str, tuple[bool, float]] = OrderedDict()
        self._rests_until = 0.0

    def takes_mail(self, domain: str) -> bool:
        """False only where it certainly takes none. Raises nothing; for one thread at a time."""
        begun = self._steady()
        found, until = self._known.get(domain, (True, 0.0))
        if begun < max(until, self._rests_until):
            return found
        found = takes_mail(domain, self._names().ask)
        ended = self._steady()
        if ended - begun >= _SECONDS:  # the server is in trouble, and sign-ups are waiting
            self._rests_until = ended + _REST
        self._known[domain] = (found, ended + _HOUR)
        self._known.move_to_end(domain)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found
