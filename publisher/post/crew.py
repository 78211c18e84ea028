"""Relays and a desk full of jobs in, mails sent over many connections at once; why it ended out."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from publisher.post.desk import Desk, Terms
from publisher.post.greeting import trust
from publisher.post.health import Health
from publisher.post.pace import Bucket, Domains
from publisher.post.queue import Job, Queue
from publisher.post.relay import Relay
from publisher.post.replies import PostError, Refused, Unsafe
from publisher.post.session import Mail, Session
from publisher.post.shares import Shares
from publisher.post.verdicts import Outcome

_NAP = 0.02  # seconds between looks whether there is something to do
_GRACE = 5.0  # seconds for what is under way when all has to stop
_CROWDED = 5.0  # seconds until a connection too many is tried again
_BREAKS, _REFUSALS = 3, 10  # times that a connection, or a relay, may fail on one mail before it has to wait


class Crew:
    """All connections of one run. `stopped` tells why it ended early, in words; '' if it did not."""

    def __init__(self, relays: Sequence[Relay], desk: Desk, queue: Queue, terms: Terms) -> None:
        self._relays = relays
        self._desk = desk
        self._queue = queue
        self._terms = terms
        self._domains = Domains(terms.rates)
        self._shares = Shares({relay.name: relay.weight for relay in relays})
        self._health = {relay.name: Health() for relay in relays}
        self._buckets = {relay.name: Bucket(relay.per_second) for relay in relays}
        self._trust = {relay.name: trust(relay) for relay in relays}
        self._sessions: set[Session] = set()
        self._opening: set[asyncio.Future[Session]] = set()
        self._live: Counter[str] = Counter()
        self._halt = asyncio.Event()
        self._fault: BaseException | None = None
        self._loop = asyncio.get_running_loop()
        self.stopped = ""

    async def run(self) -> None:
        """Works until nothing is left to do, or `stop`. Raises what the desk raised, after all have ended."""
        workers = [self._work(relay, n == 0) for relay in self._relays for n in range(relay.connections)]
        await asyncio.gather(*workers)
        if self._fault is not None:
            raise self._fault

    def stop(self, reason: str, grace: float = _GRACE) -> None:
        """No new mail is begun; those under way have `grace` seconds to be answered."""
        if not self._halt.is_set():
            self.stopped = reason
            self._halt.set()
        for opening in self._opening:
            opening.cancel()
        self._loop.call_later(grace, self._break_off)

    def _break_off(self) -> None:
        for session in tuple(self._sessions):
            session.break_off()

    async def _work(self, relay: Relay, scout: bool) -> None:
        """One connection at a time, until there is nothing to do. The scout tries a relay that was down."""
        session: Session | None = None
        try:
            while not self._halt.is_set() and not self._health[relay.name].hopeless:
                if not await self._allowed(relay, scout):
                    continue
                if (job := self._queue.take(self._loop.time())) is not None:
                    session = await self._do(job, relay, session)
                elif not await self._more():
                    break
        except Exception as error:  # the others must end in order; `run` raises it again
            self._fault = self._fault or error
            self.stop("a fault")
        finally:
            await self._leave(session)

    async def _allowed(self, relay: Relay, scout: bool) -> bool:
        """False after a short wait: look again."""
        health = self._health[relay.name]
        down = health.troubles > 0
        if (wait := health.until - self._loop.time()) > 0:
            await self._sleep(min(wait, 1.0))
        elif not (scout if down else self._shares.may(relay.name)):
            if self._queue.idle:
                return True
            await self._sleep(_NAP)
        else:
            return True
        return False

    async def _more(self) -> bool:
        """Whether there will be something to do, after a wait."""
        if not self._queue.idle:
            await self._sleep(min(max(_NAP, self._queue.pausing - self._loop.time()), 1.0))
            return True
        wait = self._desk.wait()
        if wait is None:
            return False
        await self._sleep(min(max(wait, 0.2), 60.0))
        self._queue.look_again()
        return True

    async def _do(self, job: Job, relay: Relay, session: Session | None) -> Session | None:
        """One job, from the connection to the ledger. The session to go on with, if there is one."""
        if session is None or not session.usable:
            await self._leave(session)
            session = await self._open(relay)
        if session is None or not await self._turn(relay):
            self._queue.back(job)
            if session is None and not self._health[relay.name].troubles:
                await self._sleep(_CROWDED)
            return session
        recipient = self._desk.recipient(job)
        if not recipient:
            self._desk.settle(job, Outcome("skipped"), relay.name)
            return session
        if pause := self._domains.take(recipient, self._loop.time()):
            self._queue.park(job, self._loop.time() + pause)
            return session
        mail = self._desk.mail(job, recipient)
        if isinstance(mail, Outcome):
            self._desk.settle(job, mail, relay.name)
        else:
            await self._post(job, mail, session)
        return session

    async def _post(self, job: Job, mail: Mail, session: Session) -> None:
        relay, begun = session.relay, False
        self._shares.took(relay.name)

        async def before_dot() -> bool:
            nonlocal begun
            begun = await self._desk.sending(job, relay.name)
            return begun

        outcome = await session.post(mail, before_dot)
        self._judge(job, outcome, relay, begun)

    def _judge(self, job: Job, outcome: Outcome, relay: Relay, begun: bool) -> None:
        self._consider(outcome, relay)
        if outcome.fate == "kept":
            if self._queue.broke(job) >= (_REFUSALS if outcome.code else _BREAKS):
                outcome = Outcome("deferred", text=outcome.text)
            elif not begun:
                self._queue.back(job)
                return
        self._desk.settle(job, outcome, relay.name)

    def _consider(self, outcome: Outcome, relay: Relay) -> None:
        """What the outcome says of the relay."""
        health, said = self._health[relay.name], f"{outcome.code or ''} {outcome.text}".strip()
        if outcome.fate == "sent" or (outcome.code and outcome.blame == "reader"):
            health.fine()
            self._shares.up(relay.name)
        elif outcome.blame == "relay":
            self._ill(relay, said)
        elif outcome.blame == "maybe" and health.refusal(said):
            health.hopeless = not self._terms.stays
            self._ill(relay, f"it refuses every mail: {said}")

    async def _open(self, relay: Relay) -> Session | None:
        """None where it fails. That is the relay's trouble, unless it only wants no more connections."""
        opening = asyncio.ensure_future(Session.open(relay, self._trust[relay.name]))
        self._opening.add(opening)
        try:
            session = await opening
        except PostError as error:
            if not self._live[relay.name]:
                # Passwords and certificates do not mend themselves.
                never = isinstance(error, Refused) and error.reply.kind == 5
                self._health[relay.name].hopeless = never or isinstance(error, Unsafe)
                self._ill(relay, str(error))
            return None
        except asyncio.CancelledError:
            if self._halt.is_set():
                return None
            raise
        finally:
            self._opening.discard(opening)
        self._sessions.add(session)
        self._live[relay.name] += 1
        return session

    async def _leave(self, session: Session | None) -> None:
        if session is not None:
            self._live[session.relay.name] -= 1
            await session.close()
            self._sessions.discard(session)

    async def _turn(self, relay: Relay) -> bool:
        """Waits for the relay's rate; False if all has to stop."""
        while wait := self._buckets[relay.name].take(self._loop.time()):
            await self._sleep(wait)
            if self._halt.is_set():
                return False
        return not self._halt.is_set()

    def _ill(self, relay: Relay, reason: str) -> None:
        now = self._loop.time()
        self._health[relay.name].trouble(now, reason)
        self._shares.down(relay.name)
        if all(health.over(now, self._terms.patience) for health in self._health.values()):
            self.stop("; ".join(self.remarks))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is wrong with relays at this moment."""
        return tuple(f"relay {name}: {each.reason}" for name, each in self._health.items() if each.troubles)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._halt.wait()
        except TimeoutError:
            return
