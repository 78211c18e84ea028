"""A request and a snapshot of the site -> the response. Pure but for pages that are made on demand."""

import base64
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, unquote

from publisher.serve.inject import Preview, inject
from publisher.serve.redirects import find_redirect
from publisher.serve.snapshot import File, Snapshot
from publisher.store.kinds import media_type, squeezable

_LEAST = 500  # bytes; what is shorter does not shrink
_COMMON = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
_NOT_HERE = b"<!doctype html><html><body><h1>404: there is no such page</h1></body></html>"
_GONE = b"<!doctype html><html><body><h1>410: this page is gone</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is decoded (RFC 3986, section 2.4), the names of `headers` are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """`body` is empty for HEAD and 304."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def respond(request: Request, snapshot: Snapshot, preview: Preview) -> Response:
    """The answer to GET and HEAD. Raises PublishError when a page that is made on demand cannot be made."""
    if request.method not in {"GET", "HEAD"}:
        return Response(405, {"Allow": "GET, HEAD", "Content-Length": "0"})
    if not request.path.startswith(f"{snapshot.base}/"):
        return (
            _moved(f"{snapshot.base}/", 302) if request.path in {"", "/", snapshot.base} else _bare(_NOT_HERE)
        )
    return _inside(request, request.path.removeprefix(snapshot.base), snapshot, preview)


def _inside(request: Request, path: str, snapshot: Snapshot, preview: Preview) -> Response:
    """`path` begins with a slash: within the site."""
    if found := find_redirect(snapshot.forced, request.path):
        return _redirected(request, found, snapshot, preview)
    if file := _find(path, snapshot):
        return _answer(request, file, snapshot, preview)
    if f"{path.lstrip('/')}/index.html" in snapshot.files:
        query = f"?{request.query}" if request.query else ""
        return _moved(quote(f"{snapshot.base}{path}/") + query, 301)
    if found := find_redirect(snapshot.redirects, request.path):
        return _redirected(request, found, snapshot, preview)
    return _missing(request, 404, snapshot, preview)


def _find(path: str, snapshot: Snapshot) -> File | None:
    name = path[1:]
    return snapshot.files.get(f"{name}index.html" if path.endswith("/") else name)


def _redirected(request: Request, found: tuple[int, str], snapshot: Snapshot, preview: Preview) -> Response:
    status, target = found
    file = _find(unquote(target).removeprefix(snapshot.base), snapshot)
    if status in {404, 410}:
        return _missing(request, status, snapshot, preview, file)
    file = file if status == 200 else None
    return _answer(request, file, snapshot, preview) if file else _moved(target, status)


def _missing(
    request: Request, status: int, snapshot: Snapshot, preview: Preview, own: File | None = None
) -> Response:
    """The page made for it, else the site's own 404 page, else words of ours."""
    file = own or snapshot.files.get("404.html")
    body = file.content if file else _GONE if status == 410 else _NOT_HERE
    return _whole(request, status, _html(inject(body, preview)))


def _answer(request: Request, file: File, snapshot: Snapshot, preview: Preview) -> Response:
    content, kind = file.content, media_type(file.path, file.content)
    tag = base64.urlsafe_b64encode(file.digest()).decode().rstrip("=")
    if kind.startswith("text/html"):
        content = inject(content, preview, snapshot.marks.get(file.path, ""))
        tag = f"{tag}-{preview.version}"
    plain = Response(200, {"Content-Type": kind}, content)
    packed = _packed(request, file.path, plain)
    tag = f'"{tag}-gz"' if packed is not plain else f'"{tag}"'
    stamp = format_datetime(file.modified(), usegmt=True)
    headers = {"ETag": tag, "Last-Modified": stamp, **_COMMON, **packed.headers}
    if _unchanged(request, tag, file.modified()):
        return Response(304, {name: headers[name] for name in headers if name != "Content-Type"})
    return _sent(request, Response(200, headers, packed.body))


def _packed(request: Request, path: str, response: Response) -> Response:
    """gzip (RFC 9110, section 12.5.3) for those who take it, where it helps."""
    if len(response.body) < _LEAST or not squeezable(path) or not _takes_gzip(request):
        return response
    squeezed = gzip.compress(response.body, 5, mtime=0)
    return Response(response.status, {**response.headers, "Content-Encoding": "gzip"}, squeezed)


def _takes_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _unchanged(request: Request, tag: str, modified: datetime) -> bool:
    """RFC 9110, section 13.2.2: If-Modified-Since counts only without If-None-Match."""
    if (given := request.headers.get("if-none-match")) is not None:
        known = {each.strip().removeprefix("W/") for each in given.split(",")}
        return bool(known & {tag, "*"})
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _moved(target: str, status: int) -> Response:
    return Response(status, {"Location": target, "Content-Length": "0", "Cache-Control": "no-store"})


def _bare(body: bytes) -> Response:
    return Response(404, {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}, body)


def _html(body: bytes) -> Response:
    return Response(200, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}, body)


def _whole(request: Request, status: int, response: Response) -> Response:
    return _sent(request, Response(status, response.headers, response.body))


def _sent(request: Request, response: Response) -> Response:
    """HEAD has the headers of GET and no body (RFC 9110, section 9.3.2)."""
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    return Response(response.status, headers, b"" if request.method == "HEAD" else response.body)
