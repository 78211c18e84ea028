"""A hub and the address of a feed that changed -> whether the hub takes note; asked again where it helps.

WebSub leaves to hubs how a publisher tells them (W3C WebSub, section 7: "by mutual agreement"); all of them
take what PubSubHubbub 0.3, section 7.1, has: a form with `hub.mode=publish` and `hub.url`.
"""

import http.client
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from publisher.fetch.ask import Answer, Asking, ask
from publisher.fetch.links import reason

_PATIENCE = 60.0  # seconds
_LATER = frozenset({408, 425, 429})  # besides 5xx (RFC 9110, RFC 6585, RFC 8470)


@dataclass(frozen=True, slots=True)
class Manner:
    """How often to ask; the pause after the first failure in seconds (doubled each time), the longest one."""

    asking: Asking
    times: int = 4
    pause: float = 1.0
    patience: float = _PATIENCE


@dataclass(frozen=True, slots=True)
class Told:
    """`refused`: asking again would not help. `why` is empty where the hub took it."""

    fate: Literal["taken", "refused", "later"]
    why: str = ""


def tell(hub: str, topic: str, manner: Manner) -> Told:
    """POSTs until the hub has answered for good or is given up for now; waits as long as it asks for."""
    form = urlencode({"hub.mode": "publish", "hub.url": topic}).encode()
    pause, told = manner.pause, Told("later")
    for turn in range(manner.times):
        if turn:
            time.sleep(pause)
        pause *= 2
        try:
            answer = ask("POST", hub, manner.asking, form)
        except (OSError, http.client.HTTPException) as error:
            told = Told("later", reason(error))
            continue
        told = _understood(answer)
        if told.fate != "later" or answer.wait > manner.patience:
            return told
        pause = max(min(pause, manner.patience), answer.wait)
    return told


def _understood(answer: Answer) -> Told:
    if 200 <= answer.status < 300:
        return Told("taken")
    if answer.status in _LATER or answer.status >= 500:
        wait = f" and asks for {answer.wait:.0f} seconds of patience" if answer.wait else ""
        return Told("later", f"it answers {answer.status}{wait}")
    moved = f", it is at {answer.location} now" if answer.location else ""
    return Told("refused", f"it answers {answer.status}{moved}")
