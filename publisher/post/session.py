"""Mails in, one after the other over one connection; what became of each out."""

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from publisher.post.greeting import Offers, ask, introduce
from publisher.post.relay import Relay
from publisher.post.replies import Lost, PostError, Reply
from publisher.post.verdicts import Outcome, Step, judge
from publisher.post.wire import Wire

_STEPS: tuple[Step, ...] = ("MAIL", "RCPT", "DATA")
_FAREWELL = 2.0  # seconds; nothing depends on the answer to QUIT


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished message (CRLF at the end of every line) and its envelope."""

    sender: str
    recipient: str
    message: bytes


class Session:
    """A connection on which mails are sent; see `post`."""

    def __init__(self, relay: Relay, wire: Wire, offers: Offers) -> None:
        self.relay = relay
        self._wire = wire
        self._offers = offers
        self._used = 0
        self._dirty = False
        self._spoilt = False

    @classmethod
    async def open(cls, relay: Relay, context: ssl.SSLContext | None) -> "Session":
        """Raises a PostError."""
        return cls(relay, *await introduce(relay, context))

    @property
    def usable(self) -> bool:
        """Whether another mail may be sent: the connection stands, is in step, and is not worn out."""
        return not self._spoilt and self._used < self.relay.per_connection and self._wire.quiet

    async def post(self, mail: Mail, before_dot: Callable[[], Awaitable[bool]]) -> Outcome:
        """Sends one mail. `before_dot` is awaited when all but the final dot has left; False stops it.

        It raises what `before_dot` raises, nothing else: what goes wrong before the dot leaves the mail
        `kept`, what goes wrong after it leaves it `unknown` (RFC 1047), and the session is of no use then.
        """
        if problem := self._unfit(mail):
            return problem
        self._used += 1
        dotted = False
        try:
            if refusal := await self._address(mail):
                return refusal
            self._wire.write(_stuffed(mail.message))
            await self._wire.drained(self.relay.limits.data)
            if not await before_dot():
                return self._spoil(Outcome("kept"))
            # Whatever the server said before it saw the end, it was not about the whole mail.
            if not self._wire.quiet:
                return self._spoil(await self._objection())
            dotted = True
            self._wire.write(b".\r\n")
            return self._settled(judge("end of data", await self._wire.reply(self.relay.limits.final)))
        except PostError as error:
            return self._spoil(Outcome("unknown" if dotted else "kept", text=str(error), blame="relay"))
        except BaseException:
            self._spoil(Outcome("kept"))
            raise

    def break_off(self) -> None:
        """Ends the session now; a mail that waits for its answer is `unknown`."""
        self._wire.fail(Lost("interrupted while the server's answer was awaited"))

    async def close(self) -> None:
        """Says goodbye where the connection still stands."""
        try:
            if not self._spoilt and self._wire.quiet:
                await ask(self._wire, "QUIT", _FAREWELL)
        except PostError:
            return
        finally:
            self._wire.abort()

    async def _address(self, mail: Mail) -> Outcome | None:
        """The envelope; None when the server waits for the message."""
        replies = await self._converse(self._envelope(mail))
        self._dirty = True
        for step, reply in zip(_STEPS, replies, strict=False):
            if reply.code != 354 if step == "DATA" else reply.kind != 2:
                outcome = judge(step, reply)
                # If DATA was taken although nobody is to get it, only the connection's end ends it.
                waiting = replies[-1].kind == 3
                return self._spoil(outcome) if waiting else self._settled(outcome)
        return None

    async def _converse(self, commands: tuple[str, ...]) -> list[Reply]:
        """MAIL, RCPT and DATA; in one flight where that is offered (RFC 2920), else until a refusal."""
        seconds, reset = self.relay.limits.answer, commands[0] == "RSET"
        replies: list[Reply] = []
        if "PIPELINING" in self._offers:
            self._wire.write("".join(f"{command}\r\n" for command in commands).encode())
            replies = [await self._wire.reply(seconds) for _ in commands]
            return replies[1:] if reset else replies
        for command in commands:
            replies.append(await ask(self._wire, command, seconds))
            if replies[-1].kind not in {2, 3}:
                break
        return replies[1:] if reset else replies

    def _envelope(self, mail: Mail) -> tuple[str, ...]:
        extras = f" SIZE={len(mail.message)}" if "SIZE" in self._offers else ""
        if not (mail.sender + mail.recipient).isascii():
            extras += " SMTPUTF8"
            extras += " BODY=8BITMIME" if "8BITMIME" in self._offers else ""
        commands = (f"MAIL FROM:<{mail.sender}>{extras}", f"RCPT TO:<{mail.recipient}>", "DATA")
        return ("RSET", *commands) if self._dirty else commands

    def _unfit(self, mail: Mail) -> Outcome | None:
        """What need not be tried. An address that could end its command early is never sent."""
        if any(_breaks_out(address) for address in (mail.sender, mail.recipient)):
            return Outcome("failed", 0, "5.1.3", "the address cannot stand in an envelope")
        if not (mail.sender + mail.recipient).isascii() and "SMTPUTF8" not in self._offers:
            return Outcome("failed", 0, "5.6.7", f"relay {self.relay.name} takes ASCII addresses only")
        most = self._offers.get("SIZE", "")
        if most.isdigit() and 0 < int(most) < len(mail.message):
            text = f"relay {self.relay.name} takes mails of {most} bytes at most"
            return Outcome("kept", 0, "5.3.4", text, "relay")
        return None

    async def _objection(self) -> Outcome:
        """What the server said unasked, if it was a refusal."""
        reply = await self._wire.reply(self.relay.limits.answer)
        outcome = judge("DATA", reply)
        return outcome if reply.kind in {4, 5} else Outcome("kept", reply.code, "", reply.text, "relay")

    def _settled(self, outcome: Outcome) -> Outcome:
        self._dirty = outcome.fate != "sent"
        lost = outcome.code == 421 or outcome.fate == "unknown"
        return self._spoil(outcome) if lost else outcome

    def _spoil(self, outcome: Outcome) -> Outcome:
        self._spoilt = True
        self._wire.abort()
        return outcome


def _breaks_out(address: str) -> bool:
    return not address.isprintable() or any(c in address for c in " <>\r\n\0") or len(address) > 320


def _stuffed(message: bytes) -> bytes:
    """Lines that begin with a dot get another (RFC 5321, 4.5.2); the last line is ended."""
    if message.startswith(b"."):
        message = b"." + message
    if b"\r\n." in message:
        message = message.replace(b"\r\n.", b"\r\n..")
    return message if message.endswith(b"\r\n") else message + b"\r\n"
