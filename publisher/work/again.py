"""A build that is done -> what the next one needs to see at a glance that there is nothing to do."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from math import inf

from publisher.arrange.order import Reason
from publisher.model import Entry, Output
from publisher.store.circumstances import PACKAGE, circumstances
from publisher.store.rendered import Rows
from publisher.store.repository import commit_files
from publisher.store.unchanged import Reading, Writing, remember
from publisher.work.place import Place

LEDGER = (".publish/ledger.sqlite", ".publish/ledger.sqlite-wal")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a build read and wrote. `since` and `until` are the moments between which it holds (Unix time)."""

    reading: Reading
    writing: Writing
    since: float
    until: float


def reading(place: Place) -> Reading:
    """Everything that decides what the site will be, as it is now. To be asked before the first is read."""
    publication = place.publication
    own = ("publish.toml", "pyproject.toml", "sources", publication.content, publication.templates)
    logo = (publication.logo,) if publication.logo else ()
    roots = (PACKAGE, *own, *logo, *LEDGER, *commit_files(place.root))
    return Reading(str(place.root), roots, time.time_ns())


def program(read: Reading) -> bytes:
    """What differs as soon as the program, its theme, Python or the set of libraries does."""
    own = os.fsencode(PACKAGE)
    lines = sorted(line for line in read.stamps.split(b"\n") if line.startswith(own))
    return blake2b(b"\n".join([os.fsencode(circumstances()), *lines]), digest_size=32).digest()


def due(withheld: Iterable[tuple[Entry, Reason]]) -> float:
    """When the next article has to appear (Unix time); infinity if none waits."""
    waiting = (entry.card.date.timestamp() for entry, reason in withheld if reason == "future")
    return min(waiting, default=inf)


def left(place: Place, outputs: Iterable[Output], rows: Rows) -> Writing:
    """What a build leaves behind, before another may write there; `rows` are of what it has looked at."""
    paths = tuple(output.path for output in outputs)
    known = {path: row.stamp[:2] for path, row in rows.items()}
    return Writing(str(place.root), place.publication.output, paths, known)


def keep(place: Place, made: Proof, said: str) -> None:
    """What is told the next time. That it cannot be kept costs time only."""
    with suppress(OSError):
        span = (made.since, made.until)
        remember(str(place.state), circumstances(), span, (made.reading, made.writing), said.encode())
