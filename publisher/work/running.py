"""Presses, relays and terms in; a crew at work until all is done or somebody interrupts it; its tally out."""

import asyncio
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import PublishError, Unavailable
from publisher.post.crew import Crew
from publisher.post.desk import Terms
from publisher.post.greeting import trust
from publisher.post.queue import Queue
from publisher.post.relay import Relay
from publisher.post.replies import PostError
from publisher.post.session import Mail, Session
from publisher.post.verdicts import Outcome
from publisher.store.booking import booking
from publisher.store.deliveries import Mark, State
from publisher.work.accounts import INTERRUPTED
from publisher.work.mailroom import Clock, Mailroom, Press, Rules

Watch = Callable[[Counter[State]], None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run works: the relays, the terms, the clock, at most how many mails (0: all)."""

    relays: tuple[Relay, ...]
    terms: Terms
    rules: Rules
    clock: Clock
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it: this run's mails by state, why it ended early, which relays did not work."""

    tally: Mapping[State, int]
    stopped: str
    limited: bool
    remarks: tuple[str, ...]


def run(
    path: Path, db: sqlite3.Connection, presses: Mapping[int, Press], manner: Manner, watch: Watch
) -> Ran:
    """Works off the rows of these issues in the ledger at `path`, which `db` reads. Raises PublishError."""
    return asyncio.run(_run(path, db, presses, manner, watch))


async def _run(
    path: Path, db: sqlite3.Connection, presses: Mapping[int, Press], manner: Manner, watch: Watch
) -> Ran:
    lost: list[Mark] = []
    try:
        async with booking(path, db, lost) as book:
            room = Mailroom(db, presses, book, manner.clock, manner.rules)
            room.watch = watch
            room.queue = Queue(room.claim, manner.limit)
            crew = Crew(manner.relays, room, room.queue, manner.terms)
            with _interruptible(crew):
                await crew.run()
    except PublishError as error:
        if not lost:
            raise
        message = f"{error.message}; {len(lost)} answers could not be written: those mails are in doubt"
        raise PublishError(error.where, message, error.hint) from error
    limited = room.queue.exhausted and not crew.stopped
    return Ran(room.tally, crew.stopped, limited, crew.remarks)


@contextmanager
def _interruptible(crew: Crew) -> Iterator[None]:
    """The first signal lets what is under way come to its end, for seconds; the second does not."""
    loop = asyncio.get_running_loop()

    def interrupt() -> None:
        crew.stop(INTERRUPTED, 0.0 if crew.stopped else 5.0)

    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, interrupt)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def try_out(relays: tuple[Relay, ...], mail: Mail) -> str:
    """Sends one mail through the first relay that works; its answer. Raises PublishError, Unavailable."""
    problems = []
    for relay in sorted(relays, key=lambda each: -each.weight):
        try:
            outcome = asyncio.run(_post(relay, mail))
        except PostError as error:
            problems.append(f"relay {relay.name}: {error}")
            continue
        said = f"{outcome.code or ''} {outcome.text}".strip()
        if outcome.fate == "sent":
            return f"{relay.name}: {said}"
        kind = PublishError if outcome.fate == "failed" else Unavailable
        raise kind(f"relay {relay.name}", f"the mail was not taken: {said}")
    raise Unavailable("publish send", "; ".join(problems), "try again later")


async def _post(relay: Relay, mail: Mail) -> Outcome:
    session = await Session.open(relay, trust(relay))

    async def at_once() -> bool:
        return True

    try:
        return await session.post(mail, at_once)
    finally:
        await session.close()
