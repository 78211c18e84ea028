"""The endpoint's value in, an ASGI application out: routes, headers, answers to what goes wrong."""

import sys
import traceback
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publisher.errors import PublishError
from publisher.site.words import words
from publisher.store.kinds import media_type
from publisher.web.endpoint import Endpoint
from publisher.web.health import Health
from publisher.web.hooks import Hooks
from publisher.web.joining import Joining
from publisher.web.leaving import Leaving
from publisher.web.settings import Settings
from publisher.web.signing import Signing
from publisher.web.worker import Worker

_BOTH = ["GET", "POST"]
_LATER = "60"  # seconds, in Retry-After
_AT_ONCE = 500  # requests
_FULL = PlainTextResponse("Service Unavailable\n", 503, headers={"Retry-After": "5"})


def application(endpoint: Endpoint, worker: Worker, hooks: Hooks) -> ASGIApp:
    """All routes; the worker lives as long as the application does."""
    signing, settings = Signing(endpoint), Settings(endpoint)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await endpoint.desk.open()
        async with worker.working():
            yield
        await endpoint.desk.close()

    routes = [
        Route("/subscribe", signing.subscribe, methods=_BOTH),
        Route("/mine", signing.mine, methods=_BOTH),
        Route("/c/{token}", Joining(endpoint).confirm, methods=_BOTH),
        Route("/u/{token}", Leaving(endpoint).leave, methods=_BOTH),
        Route("/p/{token}", settings.preferences, methods=_BOTH),
        Route("/p/{token}/export", settings.export, methods=["POST"]),
        Route("/p/{token}/erase", settings.erase, methods=_BOTH),
        Route("/hook/{service}/{secret}", hooks.take, methods=["POST"]),
        Route("/health", Health(endpoint, worker).tell),
        *(Route(path, _file(endpoint, path)) for path in endpoint.pages.files),
    ]
    troubles = Troubles(endpoint)
    handlers = {HTTPException: troubles.refused, PublishError: troubles.failed, Exception: troubles.broke}
    inner = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)  # type: ignore[arg-type]  # each handler has its own exception
    inner.router.redirect_slashes = False
    return Guarded(inner, endpoint)


def guards(endpoint: Endpoint) -> Mapping[str, str]:
    """The headers that keep each answer to whom it is for.

    Addresses hold tokens: no other host hears of them, nothing keeps the pages, no frame shows them.
    """
    found = {
        "Content-Security-Policy": endpoint.pages.policy,
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "interest-cohort=(), browsing-topics=()",
        "Cache-Control": "no-store",
    }
    if endpoint.publication.web.url.startswith("https:"):
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


class Guarded:
    """Gives each answer its headers, takes `[web] url`'s path off, and lets only so many in at once."""

    def __init__(self, inner: ASGIApp, endpoint: Endpoint) -> None:
        self._inner = inner
        self._root = endpoint.root
        self._headers = guards(endpoint)
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        if self._root and scope["path"].startswith(f"{self._root}/"):
            scope = {**scope, "path": scope["path"].removeprefix(self._root)}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        self._busy += 1
        try:
            await (self._inner if self._busy <= _AT_ONCE else _FULL)(scope, receive, guarded)
        finally:
            self._busy -= 1


class Troubles:
    """Answers where a route gave none."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint

    async def refused(self, request: Request, error: HTTPException) -> Response:
        """What the request itself did wrong."""
        if error.status_code == 404:
            spoken = self._at.voice()
            said = words(spoken.language)
            return self._at.say(spoken, said.missing, said.missing_text, status=404)
        text = HTTPStatus(error.status_code).phrase
        return PlainTextResponse(f"{text}\n", error.status_code, headers=error.headers)

    async def failed(self, request: Request, error: PublishError) -> Response:
        """The ledger cannot be used at this moment; the visitor may come back."""
        print(f"error: {error}", file=sys.stderr, flush=True)  # noqa: T201  (the log of a service)
        spoken = self._at.voice()
        said = self._at.say(spoken, spoken.words.trouble, spoken.words.trouble_text, status=503)
        said.headers["Retry-After"] = _LATER
        return said

    async def broke(self, request: Request, error: Exception) -> Response:
        """A fault of ours. Nothing of the request is told in the log: addresses of pages hold tokens."""
        traceback.print_exception(error)
        spoken = self._at.voice()
        return self._at.say(spoken, spoken.words.trouble, spoken.words.trouble_text, status=500)


def _file(endpoint: Endpoint, path: str):  # type: ignore[no-untyped-def]  # an endpoint of starlette
    output = endpoint.pages.files[path]
    lasting = "public, max-age=31536000, immutable" if "style." in path else "public, max-age=86400"

    async def give(_request: Request) -> Response:
        kind = media_type(output.path, output.content)
        return Response(output.content, media_type=kind, headers={"Cache-Control": lasting})

    return give
