"""Jobs in, finished mails out, and what became of them into the ledger: the desk that the crew works for."""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr

from publisher.audience.keys import Keys
from publisher.audience.tokens import PREFERENCES, leaving, make_token
from publisher.audience.verp import envelope_sender
from publisher.errors import PublishError
from publisher.newsletter.mailbox import reader_mailbox
from publisher.newsletter.splice import Reader, message_id, splice
from publisher.post.pace import back_off
from publisher.post.queue import Job, Queue
from publisher.post.session import Mail
from publisher.post.verdicts import Outcome
from publisher.store.booking import Booking
from publisher.store.deliveries import Mark, State, address_of, claim, next_due
from publisher.store.outgoing import Outgoing
from publisher.work.signing import Sign

Clock = Callable[[], float]  # seconds since 1970, never stepping back
_FROM = re.compile(rb"^From:[ \t]*(.+(?:\r\n[ \t].+)*)", re.MULTILINE | re.IGNORECASE)
_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_TRIES = 5  # before a mail is given up, however long ago the first was: clocks can leap
_WORDS = 500  # characters of a reply that are kept


def steady_clock(start: datetime) -> Clock:
    """The time from `start` on, whatever happens to the machine's clock meanwhile."""
    begun, base = time.monotonic(), start.timestamp()
    return lambda: base + time.monotonic() - begun


@dataclass(frozen=True, slots=True)
class Press:
    """What makes mails of one issue: its frozen mail, the publication's keys, who signs.

    `sender` stands in From, and on the envelope unless mails come back to the domain `bounces`.
    """

    issue: Outgoing
    frozen: bytes
    keys: Keys
    sender: str
    bounces: str
    sign: Sign = lambda mail: mail

    def mail(self, subscriber: int, address: str, moment: datetime) -> Mail:
        """The mail to one reader; 0 is nobody's number. Raises PublishError for an impossible address."""
        number, made = self.issue.id, self.issue.frozen_at
        recipient = reader_mailbox(address)
        reader = Reader(
            address=recipient,
            token=make_token(self.keys, leaving(self.issue.newsletter), subscriber, made),
            preferences=make_token(self.keys, PREFERENCES, subscriber, made),
            message_id=message_id(self.keys, number, subscriber, self.sender.rpartition("@")[2]),
            date=moment,
        )
        back = envelope_sender(self.keys, number, subscriber, self.bounces) if self.bounces else self.sender
        return Mail(back, recipient, self.sign(splice(self.frozen, reader)))


def make_press(issue: Outgoing, frozen: bytes, keys: Keys, bounces: str) -> Press:
    """Raises PublishError for a mail that could be taken for two (a line that ends otherwise than CRLF)."""
    head = frozen.partition(b"\r\n\r\n")[0]
    found = _FROM.search(head)
    sender = parseaddr(found[1].decode("ascii", "replace"))[1] if found else ""
    if not sender or _BARE.search(frozen):
        raise PublishError(f"issue {issue.name}", "its mail in the ledger is damaged", "restore a backup")
    return Press(issue, frozen, keys, sender, bounces)


@dataclass(frozen=True, slots=True)
class Rules:
    """`give_up` in seconds after the first try; `wait`: deferred mails are waited for."""

    give_up: int
    wait: bool


class Mailroom:
    """Keeps one run's accounts. `db` is for reading, here and now; all writing goes through the booking."""

    def __init__(
        self, db: sqlite3.Connection, presses: Mapping[int, Press], book: Booking, clock: Clock, rules: Rules
    ) -> None:
        self._db = db
        self._presses = presses
        self._book = book
        self._clock = clock
        self._rules = rules
        self.queue: Queue
        self.tally: Counter[State] = Counter()
        self.watch: Callable[[Counter[State]], None] = lambda _: None

    def claim(self, most: int) -> Sequence[Job]:
        now = int(self._clock())
        found: list[Job] = []
        for issue in self._presses:
            if len(found) < most:
                found += [Job(*row) for row in claim(self._db, issue, now, most - len(found))]
        return found

    def wait(self) -> float | None:
        if not self._rules.wait:
            return None
        moments = [due for issue in self._presses if (due := next_due(self._db, issue)) is not None]
        return max(0.0, min(moments) - self._clock()) if moments else None

    def recipient(self, job: Job) -> str:
        return address_of(self._db, job.subscriber, self._presses[job.issue].issue.newsletter)

    def mail(self, job: Job, recipient: str) -> Mail | Outcome:
        moment = datetime.fromtimestamp(int(self._clock()), UTC)
        try:
            return self._presses[job.issue].mail(job.subscriber, recipient, moment)
        except PublishError as error:
            return Outcome("failed", 0, "5.1.3", error.message)

    async def sending(self, job: Job, relay: str) -> bool:
        return await self._book.write(Mark(*job[:2], "sending", int(self._clock()), relay))

    def settle(self, job: Job, outcome: Outcome, relay: str) -> None:
        now = int(self._clock())
        state: State = "pending" if outcome.fate == "kept" else outcome.fate
        text, due = outcome.text[:_WORDS], 0
        if state == "deferred":
            attempts, tried = job.attempts + 1, job.tried or now
            due = now + back_off(attempts, job.subscriber)
            if attempts >= _TRIES and now - tried >= self._rules.give_up:
                state, text = "failed", f"given up after {attempts} tries: {text}"
        mark = Mark(*job[:2], state, now, relay, outcome.code, outcome.status, text, due)
        self._book.note(mark, lambda _: self.queue.release(job, again=state == "pending"))
        if state != "pending":
            self.tally[state] += 1
            self.watch(self.tally)
