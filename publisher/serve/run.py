"""A host, a port and the application -> a server that runs until it is told to stop."""

import errno
import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from publisher.errors import PublishError
from publisher.serve.live import Live


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any that is free. Raises PublishError with a hint."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise _refusal(host, port, error) from error
    return opened


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


def _refusal(host: str, port: int, error: OSError) -> PublishError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        hint = f"another program listens there; publish serve --port {port + 1} takes the next"
        return PublishError(where, "the port is taken", hint)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return PublishError(where, "this port is not for everybody", "ports from 1024 on are")
    return PublishError(where, f"cannot listen there: {error.strerror or error}", "--host 127.0.0.1")
