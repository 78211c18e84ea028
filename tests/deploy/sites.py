"""Built sites to deploy, and a storage server that checks every signature."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from publisher.model import Output
from publisher.store.outputs import write as write_outputs
from publisher.work.deploying import Deployed, Wish, chosen, deploy
from publisher.work.place import Place, open_place

PAGES: Mapping[str, str] = {
    "style.0123456789.css": "p { color: #111 }",
    "images/quay.png": "not really a picture",
    "2026/11/ferry/index.html": "<p>The ferry is back</p>",
    "tag/harbour/index.html": "<p>Harbour</p>",
    "index.html": "<p>Home</p>",
    "feed.xml": '<rss version="2.0"></rss>',
    "sitemap.xml": "<urlset/>",
}
SECRET = "a secret that no message may show"  # noqa: S105 - of our own test server


def built(root: Path, target: str, pages: Mapping[str, str] = PAGES) -> Place:
    """A publication with one target, and a site as a build leaves it."""
    root.mkdir(exist_ok=True)
    (root / "publish.toml").write_text(f'title = "The Test Ledger"\n[deploy.live]\n{target}\n', "utf-8")
    write_outputs(root / "site", tuple(Output(path, text.encode()) for path, text in pages.items()))
    return open_place(root, None, {})


def sent(place: Place, wish: Wish | None = None, environment: Mapping[str, str] | None = None) -> Deployed:
    return deploy(place, chosen(place, ""), wish or Wish(), environment or {}, lambda *_: None)


@dataclass
class Storage:
    """A bucket in memory. `order` has what was done; `faults` are answers to give instead, one each."""

    objects: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    order: list[tuple[str, str]] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)
    fail_after: int | None = None
    bad_signatures: int = 0
    lock: Lock = field(default_factory=Lock)
    address: str = ""

    def answer(self, method: str, path: str) -> int:
        """The status of a fault to show, or 0."""
        with self.lock:
            self.order.append((method, path))
            if self.fail_after is not None and len(self.order) > self.fail_after:
                return 503
            return self.faults.pop(0) if self.faults else 0


@contextmanager
def storage() -> Iterator[Storage]:
    """A server on loopback that speaks as much of S3 as a deployment needs."""
    held = Storage()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do()

        do_PUT = do_DELETE = do_POST = do_GET  # noqa: N815 - as the base class names them

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            parts = urlsplit(self.path)
            key = unquote(parts.path).removeprefix("/ledger/")
            if fault := held.answer(self.command, key):
                return self._send(fault, b"<Error><Code>SlowDown</Code></Error>")
            if not _signed(self, body):
                held.bad_signatures += 1
                return self._send(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
            if self.command == "POST":
                return self._delete_many(body)
            return self._one(key, body)

        def _one(self, key: str, body: bytes) -> None:
            if self.command == "PUT":
                held.objects[key] = body
                held.headers[key] = {k.lower(): v for k, v in self.headers.items()}
                return self._send(200, b"")
            if self.command == "DELETE":
                held.objects.pop(key, None)
                return self._send(204, b"")
            if key not in held.objects:
                return self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return self._send(200, held.objects[key])

        def _delete_many(self, body: bytes) -> None:
            keys = re.findall(rb"<Key>(.*?)</Key>", body)
            for key in keys:
                held.objects.pop(key.decode(), None)
            told = b"".join(b"<Deleted><Key>%s</Key></Deleted>" % key for key in keys)
            space = b"http://s3.amazonaws.com/doc/2006-03-01/"
            self._send(
                200, b'<?xml version="1.0"?><DeleteResult xmlns="%s">%s</DeleteResult>' % (space, told)
            )

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"')
            self.send_header("Last-Modified", "Sat, 21 Nov 2026 06:00:00 GMT")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield held
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _signed(request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """Signature Version 4 (AWS, "Create a signed AWS API request"), computed anew from the request."""
    found = re.match(
        r"AWS4-HMAC-SHA256 Credential=(\S+?)/(\d{8})/(\S+?)/s3/aws4_request, ?"
        r"SignedHeaders=(\S+?), ?Signature=(\w+)",
        request.headers.get("Authorization", ""),
    )
    if not found:
        return False
    _, day, region, names, signature = found.groups()
    payload = request.headers["x-amz-content-sha256"]
    if payload not in {"UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()}:
        return False
    parts = urlsplit(request.path)
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    asked = "&".join(f"{quote(name, '-_.~')}={quote(value, '-_.~')}" for name, value in query)
    heads = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in names.split(";"))
    canonical = "\n".join((request.command, parts.path, asked, heads, names, payload))
    scope = f"{day}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{request.headers['x-amz-date']}\n{scope}\n{digest}"
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), signature)
