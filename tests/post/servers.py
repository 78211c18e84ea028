"""Mail servers on loopback that do as they are told, and remember what they took and what they said."""

import asyncio
import contextlib
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

Say = str  # a reply, or one of the acts below
CLOSE = "close"  # the connection ends without a word
STALL = "stall"  # nothing is ever said again
KEEP_AND_CLOSE = "keep and close"  # at the dot: the mail is taken, but nobody is told
HALF = "half"  # at DATA: closes in the middle of the message

_ID = re.compile(rb"^Message-ID: (.*?)\r\n", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """A mail that the server took: `told` says whether 250 was written to the connection."""

    sender: str
    recipient: str
    message: bytes
    message_id: str
    told: bool
    at: float


@dataclass
class Script:
    """How a server behaves. `say(step, argument)` gives the reply, or '' for the usual one.

    Steps are `greeting`, the commands, and `dot`.
    """

    offers: Sequence[str] = ("PIPELINING", "SIZE 10000000", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8")
    say: Callable[[str, str], Say] = lambda _step, _argument: ""
    context: ssl.SSLContext | None = None
    implicit: bool = False
    injected: bytes = b""  # sent in one breath with the reply to STARTTLS
    taken: list[Taken] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0
    port: int = 0
    drop: Callable[[], None] = lambda: None  # ends all connections at once


class _Ended(Exception):
    pass


_USUAL = {"greeting": "220 test ESMTP", "MAIL": "250 2.1.0 ok", "RCPT": "250 2.1.5 ok", "DATA": "354 go on"}
_USUAL |= {
    "dot": "250 2.0.0 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
    "STARTTLS": "220 go on",
    "AUTH": "235 in",
}


class _Talk:
    def __init__(self, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.script, self.reader, self.writer = script, reader, writer
        self.sender = self.recipient = ""

    async def run(self) -> None:
        await self.answer("greeting", "")
        while line := await self.reader.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            self.script.heard.append(text)
            verb, _, argument = text.partition(" ")
            await self.command(verb.upper(), argument)

    async def command(self, verb: str, argument: str) -> None:
        if verb == "EHLO":
            await self.greet(argument)
        elif verb == "STARTTLS":
            await self.protect()
        elif verb == "DATA":
            await self.data()
        else:
            said = await self.answer(verb, argument)
            if said.startswith("2"):
                self.note(verb, argument)
        if verb == "QUIT":
            raise _Ended

    def note(self, verb: str, argument: str) -> None:
        if verb == "MAIL":
            self.sender, self.recipient = argument[argument.index("<") + 1 : argument.index(">")], ""
        if verb == "RCPT":
            self.recipient = argument[argument.index("<") + 1 : argument.index(">")]
        if verb == "RSET":
            self.sender = self.recipient = ""

    async def greet(self, argument: str) -> None:
        said = self.script.say("EHLO", argument)
        if said:
            await self.answer("EHLO", argument)
            return
        offers = list(self.script.offers)
        if self.script.context and not self.writer.get_extra_info("ssl_object"):
            offers.append("STARTTLS")
        lines = ["test", *offers]
        text = "".join(f"250{'-' if n < len(lines) - 1 else ' '}{line}\r\n" for n, line in enumerate(lines))
        self.writer.write(text.encode())

    async def protect(self) -> None:
        self.writer.write(b"220 go on\r\n" + self.script.injected)
        assert self.script.context
        await self.writer.start_tls(self.script.context)

    async def data(self) -> None:
        if not self.recipient and not self.script.say("DATA", ""):
            self.writer.write(b"554 5.5.1 no valid recipients\r\n")
            return
        said = await self.answer("DATA", self.recipient)
        if said == HALF:
            await self.reader.read(100)
            raise _Ended
        if not said.startswith("354"):
            return
        message = await self.body()
        said = self.script.say("dot", self.recipient) or _USUAL["dot"]
        told = said.startswith("250")
        if told or said == KEEP_AND_CLOSE:
            found = _ID.search(message)
            identity = found[1].decode() if found else ""
            entry = Taken(self.sender, self.recipient, message, identity, told, time.time())
            self.script.taken.append(entry)
        self.sender = self.recipient = ""
        await self.perform(said)

    async def body(self) -> bytes:
        """Up to the dot alone in its line, with the other dots taken back."""
        raw = await self.reader.readuntil(b"\r\n.\r\n")
        return raw[:-3].replace(b"\r\n..", b"\r\n.").removeprefix(b".")

    async def answer(self, step: str, argument: str) -> Say:
        said = self.script.say(step, argument) or _USUAL.get(step, "500 what?")
        if step == "DATA" and said == HALF:
            self.writer.write(b"354 go on\r\n")
            return said
        await self.perform(said)
        return said

    async def perform(self, said: Say) -> None:
        if said in {CLOSE, KEEP_AND_CLOSE}:
            raise _Ended
        if said == STALL:
            await asyncio.sleep(3_600)
        self.writer.write(said.encode() + b"\r\n")


async def _serve(script: Script, ready: threading.Event, stop: asyncio.Event) -> None:
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        talks.add(task)
        script.connections += 1
        script.open += 1
        script.most_open = max(script.most_open, script.open)
        try:
            await _Talk(script, reader, writer).run()
        except (_Ended, OSError, EOFError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            script.open -= 1
            talks.discard(task)
            # What was written has left: the texts are short.
            writer.transport.abort()

    context = script.context if script.implicit else None
    server = await asyncio.start_server(talk, "127.0.0.1", script.port, ssl=context, limit=2**24)
    script.port = server.sockets[0].getsockname()[1]
    loop = asyncio.get_running_loop()

    def drop() -> None:
        for task in tuple(talks):
            loop.call_soon_threadsafe(task.cancel)

    script.drop = drop
    ready.set()
    await stop.wait()
    server.close()
    for task in tuple(talks):
        task.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    await asyncio.sleep(0.01)  # the loop closes what was ended


@contextlib.contextmanager
def server(script: Script | None = None) -> Iterator[Script]:
    """A server that runs beside the test."""
    script = script or Script()
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_serve(script, ready, stop),))
    thread.start()
    assert ready.wait(10)
    try:
        yield script
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
