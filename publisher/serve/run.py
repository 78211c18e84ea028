"""A host, a port and the application -> a server that runs until it is told to stop."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from publisher.serve.live import Live


def run(application: Starlette, live: Live, opened: socket.socket, ready: Callable[[], None]) -> None:
    """Serves until SIGINT (raised again as KeyboardInterrupt) or SIGTERM."""
    config = uvicorn.Config(
        application,
        log_level="critical",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    _Server(config, live, ready).run(sockets=[opened])


class _Server(uvicorn.Server):
    """Ends the streams of events before it waits for what is open."""

    def __init__(self, config: uvicorn.Config, live: Live, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._live = live
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._live.stop()
        await super().shutdown(sockets)
