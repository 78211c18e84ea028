"""What the endpoint learns from outside: the time, and what is at an address of the web."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException

from publisher import __version__
from publisher.errors import Unavailable
from publisher.fetch.ask import Asking, ask
from publisher.fetch.mailhosts import MailHosts
from publisher.store.clock import now


def fetch(url: str) -> bytes:
    """What a public machine answers, at most 64 KiB. Raises Unavailable."""
    try:
        answer = ask("GET", url, Asking(f"publisher/{__version__}"))
    except (OSError, HTTPException) as error:
        raise Unavailable(url, f"it does not answer: {error}") from error
    if answer.status != 200:
        raise Unavailable(url, f"it answers {answer.status}")
    return answer.body


@dataclass(frozen=True, slots=True)
class World:
    """`clock` gives the present moment, aware; `steady` seconds of a clock that never steps back.

    `beat`: after so many seconds, at least and at most, a sign-up that came in is seen to. That varies, so
    that nobody can tell from the endpoint's speed what became of it. `fetch` raises Unavailable. `takes_mail`
    says of a domain whether mail can arrive there, in some seconds at most.
    """

    clock: Callable[[], datetime] = now
    steady: Callable[[], float] = time.monotonic
    beat: tuple[float, float] = (0.6, 1.6)
    fetch: Callable[[str], bytes] = fetch
    takes_mail: Callable[[str], bool] = field(default_factory=lambda: MailHosts().takes_mail)
