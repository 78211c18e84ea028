"""The bytes of a connection in -> requests out; what is none gets one answer, and the connection ends.

This is uvicorn's protocol with its gaps closed: it answers what is no request without the headers of all
other answers, breaks down where a body turns out to be none while the answer to its head is being made, and
waits for the end of a head as long as anybody likes.
"""

import asyncio
from collections.abc import Mapping

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # within which the head of a request has to come
_UNANSWERED = (h11.IDLE, h11.SEND_RESPONSE)


class Wire(H11Protocol):
    """One connection. `guards` are the headers that each answer has."""

    guards: Mapping[str, str] = {}
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._forget_head()
        elif self._late is None and self.conn.trailing_data[0]:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_head()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """An answer that is being made is not sent any more: nobody knows what it would belong to."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in _UNANSWERED:
            headers = [(name.encode(), value.encode()) for name, value in self.guards.items()]
            headers += [(b"Content-Length", b"0"), (b"Connection", b"close")]
            for event in (
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _forget_head(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def wire(guards: Mapping[str, str]) -> type[Wire]:
    """The protocol for a server whose answers have these headers."""
    return type("Wire", (Wire,), {"guards": guards})
