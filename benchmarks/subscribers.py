"""Readers in numbers -> how long importing, exporting and looking them up takes, and how much memory.

    python -m benchmarks.subscribers [--million]

Each import and export is a process of its own, so that its peak memory is its own.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.subscriber import Consent, Newcomer
from publisher.store.census import count
from publisher.store.intake_sql import RANKS
from publisher.store.ledger_file import create
from publisher.store.roster import Choice, Roster
from publisher.store.subscribers import Subscribers
from publisher.store.transactions import writing

SIZES = (20_000, 200_000)
MILLION = 1_000_000
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
KEYS = Keys("a", {"a": bytes(32)})
CONFIGURATION = 'title = "Numbers"\nbase_url = "https://ledger.example.org"\n'


def main(million: bool) -> None:
    """Prints a table to stdout."""
    _say("| readers | what | seconds | of them CPU | peak MB |\n|---|---|---|---|---|")
    for size in SIZES:
        with TemporaryDirectory() as folder:
            _files(Path(folder), size)
    if million:
        with TemporaryDirectory() as folder:
            _lookups(Path(folder) / "ledger.sqlite")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _files(root: Path, size: int) -> None:
    (root / "publish.toml").write_text(CONFIGURATION, "utf-8")
    _write(root / "in.csv", size)
    vow = ("--confirmed", "--consent", "I want the letter")
    for what, arguments in (
        ("import of new readers", ("import", str(root / "in.csv"), *vow)),
        ("import of the same again", ("import", str(root / "in.csv"), *vow)),
        ("export", ("export", "--output", str(root / "out.csv"))),
        ("import of that export", ("import", str(root / "out.csv"), *vow)),
        ("stats", ("stats",)),
    ):
        seconds, processor, memory = _measured(root, arguments)
        _say(f"| {size:,} | {what} | {seconds:.1f} | {processor:.1f} | {memory:.0f} |")


def _write(path: Path, size: int) -> None:
    """Addresses in no order, as in a list that grew over years."""
    with path.open("w", encoding="utf-8") as file:
        file.write("email,name,language,created_at\n")
        for number in range(size):
            who = number * 7_919 % size
            file.write(f"Reader{who}@example{who % 97}.org,Name {who},en,2024-03-0{who % 9 + 1}T10:20:30Z\n")


def _measured(root: Path, arguments: tuple[str, ...]) -> tuple[float, float, float]:
    """Seconds by the clock, of the processor, and the peak memory in MB of one run of the command."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (str(root), arguments))


def _run(root: str, arguments: tuple[str, ...]) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "publisher", "-C", root, "subscribers", *arguments]
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  (our own command)
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _lookups(path: Path) -> None:
    """What is asked of a ledger of a million readers while mail is sent and visitors come."""
    create(path)
    with writing(path) as db:
        db.executemany(
            "INSERT INTO subscribers (address, mailbox, state, joined) VALUES (?1, ?1, ?2, ?3)", _million()
        )
        everyone = "SELECT 'daily', id FROM subscribers WHERE state = 'confirmed'"
        db.execute(f"INSERT INTO subscriptions (newsletter, subscriber) {everyone}")
        db.execute(
            "INSERT INTO consents (subscriber, at, act, how, wording)"
            " SELECT id, joined, 'confirmed', 'form', 'I want the letter' FROM subscribers"
        )
    roster, readers = Roster(path), Subscribers(path, KEYS)
    numbers = iter(range(1, MILLION, 7_919))
    consent = Consent(NOW, "unsubscribed", "one-click")
    for what, act in _acts(roster, readers, numbers, consent):
        _say(f"| 1,000,000 | {what} | {_median(act):.4f} | | |")
    begun = time.perf_counter()
    count(path)
    _say(f"| 1,000,000 | stats | {time.perf_counter() - begun:.1f} | | |")


def _acts(
    roster: Roster, readers: Subscribers, numbers: Iterator[int], consent: Consent
) -> tuple[tuple[str, Callable[[], object]], ...]:
    half = MILLION // 2
    return (
        ("a reader by id", lambda: roster.get(next(numbers))),
        ("a reader by address", lambda: roster.find(f"reader{next(numbers)}@example.org")),
        ("a page of 50 from the middle", lambda: roster.page(Choice(), half)),
        ("a page of a newsletter's readers", lambda: roster.page(Choice(newsletter="daily"), half)),
        ("a page of those who bounced", lambda: roster.page(Choice("bounced"), half)),
        ("a sign-up (one transaction)", lambda: readers.ask(_newcomer(next(numbers)), consent)),
        ("an unsubscription (one transaction)", lambda: readers.unsubscribe(next(numbers), consent)),
    )


def _newcomer(number: int) -> Newcomer:
    return Newcomer(read_address(f"new{number}@example.org"), ("daily",))


def _million() -> Iterator[tuple[str, str, str]]:
    for number in range(MILLION):
        state = "confirmed" if number % 100 else RANKS[number // 100 % len(RANKS)]
        yield f"reader{number * 7_919 % MILLION}@example.org", state, NOW.isoformat()


def _median(act: Callable[[], object]) -> float:
    """Seconds of one call, connection and all."""
    taken = []
    for _ in range(15):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return median(taken)


if __name__ == "__main__":
    main("--million" in sys.argv)
