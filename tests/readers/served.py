"""A publication that `publish serve` serves, and between it and the readers somebody who takes notes."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.serve.servers import serving
from tests.work.projects import make

TITLES = (
    "The ferry is back",
    "Fish & chips at the D&D café <3",
    "“Quotes”, dashes – and 'apostrophes'",
    "مدينة الميناء",
    "Zürich, 東京 and 👩\u200d🚀",
    "A title that is long, and goes on, " + "and on " * 12 + "to its end",
)
CONFIGURATION = """\
title = "The Test Ledger & Co"
description = "News from the quay"
base_url = "http://127.0.0.1:1"
[feed]
items = 30
hub = "https://hub.example.org/"
[feeds.smart]
profile = "smartnews"
[images]
cards = false
"""
ARTICLE = """\
---
title: {title}
id: urn:story:{number}
section: Quay
author: Ana Lund
---

The story of number {number} begins here, & it has a [link](/archive/) and an image.

![The quay](../images/quay.png)

It ends with `]]>`.
"""
_HOP = {"connection", "transfer-encoding", "keep-alive", "date", "server"}


@dataclass(frozen=True)
class Item:
    """What a reader has to show."""

    id: str
    title: str
    link: str


@dataclass
class Served:
    """`asked` has of each request of a reader whether it was conditional (RFC 9110, 13.1), and the status."""

    address: str = ""
    asked: list[tuple[bool, int]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def statuses(self) -> list[int]:
        """Those since the last call. What is conditional has to be answered by 304: nothing changes here."""
        assert all(status == (304 if conditional else 200) for conditional, status in self.asked)
        found = [status for _, status in self.asked]
        self.asked.clear()
        return found


@contextmanager
def served(root: Path) -> Iterator[Served]:
    """The publication on loopback; `items` are those of its JSON Feed, newest first."""
    make(root, _articles(), CONFIGURATION)
    with serving(root, "--no-drafts", "--no-future") as browser, _noting(browser.port) as held:
        _, _, body = browser.get("/feed.json")
        held.items = [Item(each["id"], each["title"], each["url"]) for each in json.loads(body)["items"]]
        assert len(held.items) == len(TITLES)
        yield held


def _articles() -> dict[str, str]:
    return {
        f"quay/2026-11-{number:02}-story-{number}.md": ARTICLE.format(
            title=json.dumps(title, ensure_ascii=False), number=number
        )
        for number, title in enumerate(TITLES, 10)
    }


@contextmanager
def _noting(port: int) -> Iterator[Served]:
    """A server that passes each request on to `port` as it is, and the answer back."""
    held = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(self.command, self.path, headers=dict(self.headers.items()))
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            held.asked.append((conditional, answer.status))
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

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
