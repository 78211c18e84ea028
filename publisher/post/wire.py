"""A connection to a mail server: bytes out, replies in, each within its time. No SMTP is known here."""

import asyncio
import ssl

from publisher.post.replies import MOST, Garbled, Lost, PostError, Reply, Stalled, Unsafe, take_reply


class Wire(asyncio.Protocol):
    """One connection. After any PostError it is of no use any more; `abort` it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._buffer = bytearray()
        self._lost: PostError | None = None
        self._full = False
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (a stream's transport is one)
        self._transport = transport
        # `drained` means that nothing is left here. In TLS a limit of 0 would pause for ever.
        encrypted = transport.get_extra_info("ssl_object") is not None
        transport.set_write_buffer_limits(high=1 if encrypted else 0, low=0)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) > MOST:
            self.fail(Garbled("the server's answer does not end"))
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = self._lost or Lost(f"the connection was lost{f': {exc}' if exc else ''}")
        self._wake()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._wake()

    @property
    def quiet(self) -> bool:
        """Whether the connection stands and the server has said nothing that was not read."""
        return not self._buffer and self._lost is None and not self._transport.is_closing()

    @property
    def own_address(self) -> str:
        """The address of this end, as a literal for EHLO (RFC 5321, 4.1.3)."""
        host = str(self._transport.get_extra_info("sockname")[0])
        return f"[IPv6:{host}]" if ":" in host else f"[{host}]"

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    def fail(self, error: PostError) -> None:
        """Ends the connection at once; whoever waits for it gets the error."""
        self._lost = self._lost or error
        self._transport.abort()
        self._wake()

    def abort(self) -> None:
        self.fail(Lost("the connection was broken off"))

    async def reply(self, seconds: float) -> Reply:
        """The next reply, whole within `seconds`. Raises Lost, Stalled, Garbled."""
        found = take_reply(self._buffer)
        if found is not None:
            return found
        timer = self._loop.call_later(seconds, self.fail, Stalled(f"no answer in {seconds:g} seconds"))
        try:
            while (found := take_reply(self._buffer)) is None:
                await self._change()
        finally:
            timer.cancel()
        return found

    async def drained(self, seconds: float) -> None:
        """Returns when the system has taken all that was written. Raises Lost, Stalled."""
        if not self._full:
            return
        timer = self._loop.call_later(
            seconds, self.fail, Stalled(f"nothing was taken in {seconds:g} seconds")
        )
        try:
            while self._full:
                await self._change()
        finally:
            timer.cancel()

    async def secure(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """TLS from here on. Raises Unsafe for a bad certificate, and for words that came before it.

        What a stranger put on the line after the reply to STARTTLS must never be taken for the server's
        (CVE-2011-0411 and its kin).
        """
        if self._buffer:
            raise Unsafe("the server went on talking after its reply to STARTTLS")
        try:
            upgraded = await self._loop.start_tls(
                self._transport, self, context, server_hostname=host, ssl_handshake_timeout=seconds
            )
        except ssl.SSLError as error:
            raise _unsafe(error) from error
        except OSError as error:
            raise Lost(f"no safe connection: {error}") from error
        if upgraded is None:
            raise Lost("the connection was lost before it was safe")
        self.connection_made(upgraded)

    async def _change(self) -> None:
        """Until something comes in, drains, or ends."""
        if self._lost:
            raise self._lost
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


async def connect(host: str, port: int, seconds: float, context: ssl.SSLContext | None) -> Wire:
    """A connection; with a `context` in TLS from the first byte. Raises Lost, Stalled, Unsafe."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            _, wire = await loop.create_connection(
                Wire, host, port, ssl=context, server_hostname=host if context else None
            )
    except TimeoutError as error:
        raise Stalled(f"no connection in {seconds:g} seconds") from error
    except ssl.SSLError as error:
        raise _unsafe(error) from error
    except OSError as error:
        raise Lost(f"no connection: {error.strerror or error}") from error
    return wire


def _unsafe(error: ssl.SSLError) -> Unsafe:
    reason = getattr(error, "verify_message", "") or error.reason or str(error)
    return Unsafe(f"no safe connection: {reason}")
