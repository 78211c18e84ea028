"""A listening socket and a publication -> a server that runs until it is told to stop."""

import socket
from collections.abc import Callable, Mapping

import uvicorn
from starlette.types import ASGIApp

from publisher.errors import PublishError
from publisher.store.lock import hold
from publisher.web.app import application, guards
from publisher.web.opening import open_endpoint
from publisher.web.wire import wire
from publisher.web.world import World
from publisher.work.place import Place

_HEADERS = 16_384  # bytes of a request's head


def run(
    place: Place, environment: Mapping[str, str], opened: socket.socket, ready: Callable[[], None]
) -> None:
    """Serves until SIGTERM, or SIGINT (raised again as KeyboardInterrupt). Raises PublishError, Locked.

    One endpoint at a time works on a publication: two would send a reader two mails.
    """
    with hold(place.state / "web.lock"):
        server = Server(place, environment, World(), ready)
        server.run(sockets=[opened])
        if not server.started:
            raise PublishError("publish web", "it could not start")


class Server(uvicorn.Server):
    """Calls `ready` when it takes requests. Raises PublishError at once for what is not configured."""

    def __init__(
        self, place: Place, environment: Mapping[str, str], world: World, ready: Callable[[], None]
    ) -> None:
        opened = open_endpoint(place, environment, world)

        def made() -> ASGIApp:
            return application(*opened)

        proxies = list(place.publication.web.proxies)
        config = uvicorn.Config(
            made,
            factory=True,
            http=wire(guards(opened[0])),
            ws="none",
            lifespan="on",
            log_level="critical",
            access_log=False,  # addresses of pages hold tokens
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=15,
        )
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
