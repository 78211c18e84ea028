"""A WebSub hub on loopback that answers as it is told to, and sometimes not at all."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

Reply = tuple[int, Mapping[str, str]]
TAKEN: Reply = (202, {})
DROPPED: Reply = (0, {})  # the connection ends without an answer
ENDLESS: Reply = (202, {"Content-Length": "99"})  # taken, with a body that does not come
HANGING: Reply = (1, {})  # nothing comes, and nothing ends
DRIPPING: Reply = (2, {})  # a byte now and then


@dataclass
class Hub:
    """`replies` are given in turn, then all is taken. `asked` has the form and headers of every request."""

    address: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[tuple[dict[str, list[str]], Mapping[str, str]]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    before: Callable[[int], None] = lambda _number: None  # called with the number of the request, from 1
    closing: Event = field(default_factory=Event)

    @property
    def topics(self) -> list[str]:
        return [form["hub.url"][0] for form, _ in self.asked]


@contextmanager
def hub() -> Iterator[Hub]:
    held = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            held.moments.append(time.monotonic())
            held.asked.append((parse_qs(body), dict(self.headers.items())))
            held.before(len(held.asked))
            status, headers = held.replies.pop(0) if held.replies else TAKEN
            if status < 100:
                self._rudely(status)
                return
            self.send_response(status)
            for name, value in headers.items():
                if name != "Content-Length":
                    self.send_header(name, value)
            self.send_header("Content-Length", headers.get("Content-Length", "0"))
            self.end_headers()
            if "Content-Length" in headers:
                held.closing.wait(10)

        def _rudely(self, manner: int) -> None:
            if manner == HANGING[0]:
                held.closing.wait(10)
            with suppress(OSError):
                for byte in b"HTTP/1.1 202 Accepted" if manner == DRIPPING[0] else b"":
                    self.wfile.write(bytes([byte]))
                    held.closing.wait(0.1)
                self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

        def handle(self) -> None:
            with suppress(OSError):  # the publisher may be dead
                super().handle()

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_address[1]}/hub"
    try:
        yield held
    finally:
        held.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
