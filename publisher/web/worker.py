"""Sign-ups that wait in -> their mails out through a relay, one after the other, never as a flood."""

import asyncio
import random
import sys
import traceback
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from publisher.errors import Locked, PublishError
from publisher.post.greeting import trust
from publisher.post.pace import back_off
from publisher.post.relay import Relay
from publisher.post.replies import PostError
from publisher.post.session import Session
from publisher.post.verdicts import Outcome
from publisher.store.bursts import Held
from publisher.store.signups import Errand
from publisher.web.composing import Composer
from publisher.web.desk import Desk
from publisher.web.limits import Limits, Rate
from publisher.web.screen import Screen
from publisher.web.world import World

_REST = 60.0  # seconds between looks while nothing is due
_DOUBT = timedelta(minutes=10)
_HOUR = 3_600.0
_DAILY = 86_400.0
_PAUSE = 15.0  # seconds after something failed
_GRACE = 20.0  # seconds for the mail under way when the service ends


@dataclass(frozen=True, slots=True)
class Policy:
    """The most mails in an hour, in all and to one domain: more wait; and who gets none (`screen`).

    `burst`: how many sign-ups in an hour are nothing unusual; 0: any number.
    """

    hourly: int
    domain_hourly: int
    burst: int
    screen: Screen


class Worker:
    """Works until the application ends. The heaviest of the relays is tried first."""

    def __init__(
        self,
        desk: Desk,
        composer: Composer,
        relays: tuple[Relay, ...],
        policy: Policy,
        world: World,
    ) -> None:
        self._desk = desk
        self._composer = composer
        self._relays = sorted(relays, key=lambda each: -each.weight)
        self._policy = policy
        self._world = world
        self._limits = Limits()
        self._parked = Counter[str]()
        self._session: Session | None = None
        self._task: asyncio.Task[None] | None = None
        self._posting: asyncio.Task[None] | None = None
        self._tidied = -_DAILY
        self._eased = -_REST
        self._told = -_HOUR

    @property
    def alive(self) -> bool:
        return self._task is not None and not self._task.done()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """It works for as long as the block runs; a mail under way is ended in order, for some seconds."""
        self._task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            if self._posting is not None:
                await asyncio.wait({self._posting}, timeout=_GRACE)
            await self._leave()

    async def _run(self) -> None:
        while True:
            try:
                while await self._next() or await self._ease():
                    pass
                await self._tidy()
                await self._leave()
                await self._wait()
            except Locked:
                continue
            except PublishError as error:
                _log(str(error))
                await asyncio.sleep(_PAUSE)
            except Exception:  # whatever it is, those who come next get their mails
                traceback.print_exc()
                await asyncio.sleep(_PAUSE)

    async def _wait(self) -> None:
        """Until something came in, or is due again."""
        due = await self._desk.look(self._desk.signups.next_due)
        now = self._world.clock().timestamp()
        rest = _REST if due is None else min(_REST, max(0.0, due - now))
        with suppress(TimeoutError):
            async with asyncio.timeout(rest):
                await self._desk.arrived.wait()
        self._desk.arrived.clear()
        await asyncio.sleep(random.uniform(*self._world.beat))  # noqa: S311  (spreads work, guards nothing)

    async def _next(self) -> bool:
        """One sign-up; False when none is due, or no relay takes mail."""
        now = self._world.clock()
        errand = await self._desk.act(lambda: self._desk.signups.take(now))
        if errand is None:
            return False
        if errand.purpose == "confirm" and await self._refuses(errand.reader.mailbox):
            await self._desk.act(lambda: self._desk.signups.settle(errand))
            return True
        if wait := self._turn(errand.reader.mailbox.rpartition("@")[2]):
            await self._defer(errand, timedelta(seconds=wait))
            return True
        while wait := self._limits.take("", _rate(self._policy.hourly), self._world.steady()):
            await asyncio.sleep(min(wait, 1.0))
        session = await self._open()
        if session is None:
            await asyncio.sleep(_PAUSE)
            return False
        # A mail that is under way when the service ends is seen to its end.
        self._posting = asyncio.create_task(self._post(errand, session))
        await asyncio.shield(self._posting)
        return True

    async def _refuses(self, mailbox: str) -> bool:
        """He stays among the unconfirmed, where the operator can find him, until he is forgotten."""
        return await asyncio.to_thread(self._policy.screen.refuses, mailbox)

    async def _ease(self) -> bool:
        """Lets go sign-ups that wait for a burst to be over, if it is; True when there were any."""
        now = self._world.steady()
        if self._desk.held and now - self._told >= _HOUR:
            self._desk.held, self._told = 0, now
            _log(f"more than {self._policy.burst} sign-ups in an hour: some wait (publish subscribers held)")
        if now - self._eased < _REST:
            return False
        self._eased, moment = now, self._world.clock()
        held, burst = Held(self._desk.path), self._policy.burst
        return bool(await self._desk.act(lambda: held.ease(moment, burst)))

    async def _post(self, errand: Errand, session: Session) -> None:
        now = self._world.clock()

        async def before_dot() -> bool:
            return await self._desk.act(lambda: self._desk.signups.begin(errand, now))

        try:
            mail = self._composer.mail(errand, now)
        except PublishError as error:
            _log(str(error))
            await self._defer(errand, timedelta(hours=1))
            return
        await self._settle(errand, await session.post(mail, before_dot))

    async def _settle(self, errand: Errand, outcome: Outcome) -> None:
        """A mail that `before_dot` stopped must not go out any more, and is settled, too."""
        if outcome.fate == "unknown":
            await self._defer(errand, _DOUBT, doubted=True)
        elif outcome.fate == "deferred" or (outcome.fate == "kept" and outcome.text):
            await self._defer(errand, timedelta(seconds=back_off(errand.attempts + 1, errand.id)))
        else:
            await self._desk.act(lambda: self._desk.signups.settle(errand))

    async def _defer(self, errand: Errand, wait: timedelta, *, doubted: bool = False) -> None:
        due = self._world.clock() + wait
        await self._desk.act(lambda: self._desk.signups.defer(errand, due, doubted=doubted))

    def _turn(self, domain: str) -> float:
        """In how many seconds a mail to the domain may go, behind those that wait already; 0.0: now."""
        rate = _rate(self._policy.domain_hourly)
        wait = self._limits.take(f"@{domain}", rate, self._world.steady())
        if not wait:
            self._parked -= Counter([domain])  # which forgets those that have none
            return 0.0
        self._parked[domain] += 1
        return wait + (self._parked[domain] - 1) * rate.seconds

    async def _open(self) -> Session | None:
        """The connection that stands, or a new one; None where no relay answers."""
        if self._session is not None and self._session.usable:
            return self._session
        await self._leave()
        for relay in self._relays:
            try:
                self._session = await Session.open(relay, trust(relay))
            except PostError as error:
                _log(f"relay {relay.name}: {error}")
            else:
                return self._session
        return None

    async def _leave(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def _tidy(self) -> None:
        now = self._world.steady()
        if now - self._tidied >= _DAILY:
            self._tidied = now
            moment = self._world.clock()
            await self._desk.act(lambda: self._desk.signups.tidy(moment))


def _rate(hourly: int) -> Rate:
    """An hour's mails spread over the hour, a tenth of them at once."""
    return Rate(max(1, hourly // 10), 3600 / hourly)


def _log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  (the log of a service)
