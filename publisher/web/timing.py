"""The clocks that the endpoint goes by."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from publisher.store.clock import now


@dataclass(frozen=True, slots=True)
class Timing:
    """`clock` gives the present moment, aware; `steady` seconds of a clock that never steps back.

    `beat`: after so many seconds, at least and at most, a sign-up that came in is seen to. That varies, so
    that nobody can tell from the endpoint's speed what became of it.
    """

    clock: Callable[[], datetime] = now
    steady: Callable[[], float] = time.monotonic
    beat: tuple[float, float] = (0.6, 1.6)
