"""Requests of browsers -> the preview's pages, its events, and what keeps a page from being made."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import escape
from importlib.resources import files

from starlette import responses
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.routing import Route

from publisher.errors import PublishError
from publisher.serve.inject import EVENTS, SCRIPT, STYLE, Preview, inject
from publisher.serve.live import Live
from publisher.serve.respond import Request, Response, respond

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Server:
    """What the routes need: the live state, the nonce of this process and the hosts that may be asked for."""

    def __init__(self, live: Live, nonce: str, host: str) -> None:
        self.live = live
        self.nonce = nonce
        self.hosts = _LOOPBACK | {host} if host not in {"0.0.0.0", "::"} else None  # noqa: S104 - compared
        folder = files("publisher") / "serve"
        self.script = (folder / "reload.js").read_bytes()
        self.style = (folder / "preview.css").read_text("utf-8")

    def application(self) -> Starlette:
        """The ASGI application; it watches for as long as it lives."""

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            await self.live.start()
            yield
            await self.live.stop()

        routes = [
            Route(EVENTS, self.events),
            Route(SCRIPT, self.give_script),
            Route(STYLE, self.give_style),
            Route(
                "/{path:path}",
                self.give,
                methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            ),
        ]
        return Starlette(routes=routes, lifespan=lifespan)

    async def events(self, request: HttpRequest) -> responses.Response:
        if refused := self._refused(request):
            return refused
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return responses.StreamingResponse(
            self.live.events(), media_type="text/event-stream", headers=headers
        )

    async def give_script(self, _request: HttpRequest) -> responses.Response:
        return responses.Response(self.script, headers=_own("text/javascript"))

    async def give_style(self, _request: HttpRequest) -> responses.Response:
        snapshot = self.live.workshop.state.snapshot
        rules = snapshot.style() if snapshot else ""
        return responses.Response(self.style + rules, headers=_own("text/css"))

    async def give(self, request: HttpRequest) -> responses.Response:
        """A page or file of the site."""
        if refused := self._refused(request):
            return refused
        state = self.live.workshop.state
        preview = Preview(state.version, self.nonce, f"http://{request.headers.get('host', '')}")
        if state.snapshot is None:
            return _sorry(state.problems, preview)
        asked = Request(request.method, request.scope["path"], request.url.query, _lower(request))
        try:
            return _as_http(respond(asked, state.snapshot, preview))
        except PublishError as problem:
            return _sorry((problem,), preview)

    def _refused(self, request: HttpRequest) -> responses.Response | None:
        """A page of another host must not read drafts by giving its name our address (DNS rebinding)."""
        host = request.headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if self.hosts is None or name in self.hosts:
            return None
        return responses.PlainTextResponse("this host is not served here\n", 421)


def sorry(problems: tuple[PublishError, ...], preview: Preview) -> bytes:
    """The page in place of one that could not be made; it goes when the mistake is mended."""
    items = "".join(f"<li>{_told(problem)}</li>" for problem in problems)
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>This page cannot be made</title>'
        '</head><body><div id="_publish-problems" role="alert"><strong>This page cannot be made.</strong>'
        f"<ul>{items}</ul></div></body></html>"
    )
    return inject(text.encode(), preview)


def _told(problem: PublishError) -> str:
    hint = f" <em>({escape(problem.hint)})</em>" if problem.hint else ""
    return f"<code>{escape(problem.where)}</code> {escape(problem.message)}{hint}"


def _sorry(problems: tuple[PublishError, ...], preview: Preview) -> responses.Response:
    return responses.HTMLResponse(sorry(problems, preview), 500, {"Cache-Control": "no-store"})


def _as_http(response: Response) -> responses.Response:
    made = responses.Response(response.body, response.status)
    made.init_headers(response.headers)
    return made


def _lower(request: HttpRequest) -> Mapping[str, str]:
    """Lists that come in several lines are joined (RFC 9110, section 5.3)."""
    names = dict.fromkeys(request.headers.keys())
    return {name: ", ".join(request.headers.getlist(name)) for name in names}


def _own(kind: str) -> dict[str, str]:
    return {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-store"}
