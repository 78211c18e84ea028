"""Other people's web sites, on loopback."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

Reply = tuple[int, Mapping[str, str]]


@dataclass
class Web:
    """A site whose pages are functions of the method; `asked` has every request, with its headers."""

    pages: dict[str, Callable[[str], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    most_at_once: int = 0
    now: int = 0
    lock: Lock = field(default_factory=Lock)
    address: str = ""

    def page(self, path: str, status: int, **headers: str) -> str:
        """A page that always answers this; its address."""
        self.pages[path] = lambda _method: (status, headers)
        return self.address + path


def _absent(_method: str) -> Reply:
    return 404, {}


@contextmanager
def web() -> Iterator[Web]:
    held = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with held.lock:
                held.now += 1
                held.most_at_once = max(held.most_at_once, held.now)
                held.asked.append((self.command, self.path, dict(self.headers.items())))
            status, headers = held.pages.get(self.path, _absent)(self.command)
            if status:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            with held.lock:
                held.now -= 1

        do_HEAD = do_GET  # noqa: N815 - as the base class names it

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
