"""The endpoint as it runs, on loopback, with a mail server beside it and a clock that tests can move."""

import http.client
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.stamps import make_stamp
from publisher.audience.subscriber import Consent, Newcomer, Subscriber
from publisher.audience.tokens import Purpose, make_token
from publisher.store.keys import load_keys
from publisher.store.listening import listen
from publisher.store.roster import Roster
from publisher.store.subscribers import Subscribers
from publisher.web.run import Server
from publisher.web.world import World
from publisher.work.place import Place, open_place
from tests.post.servers import Script, Taken, server

URL = "https://news.example.org"
SETTINGS = """
title = "The Harbour Ledger"
base_url = "https://ledger.example.org"
[newsletter]
sender = "tide@ledger.example.org"
address = "1 Quay Street, Port Town"
[newsletters.tide]
title = "The Morning Tide"
[newsletters.week]
title = "The Week"
[sending]
bounces = "bounces.example.org"
[web]
url = "{url}"
evidence = "network"
{more}
[relays.main]
host = "127.0.0.1"
port = {port}
security = "none"
timeout = 5
"""
SECRETS = {
    "PUBLISH_HOOK_SECRET": "the-secret-in-the-address",
    "PUBLISH_MAILGUN_KEY": "mailgun-key",
    "PUBLISH_POSTMARK_SECRET": "post:mark",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What came back; the names of `headers` are in small letters, the sequence has them all."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    names: Sequence[str] = ()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def links(self) -> list[str]:
        return re.findall(r'(?:href|action)="([^"]*)"', self.text)


@dataclass
class Endpoint:
    """One endpoint that runs. `script` is its mail server; `ahead` what its clock is ahead of ours."""

    place: Place
    port: int
    script: Script
    ahead: timedelta = field(default_factory=timedelta)

    @property
    def keys(self) -> Keys:
        return load_keys(self.place.state / "keys.json")

    @property
    def ledger(self) -> Path:
        return self.place.state / "ledger.sqlite"

    @property
    def readers(self) -> Subscribers:
        return Subscribers(self.ledger, self.keys)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with closing(connection):
            connection.request(method, path, body or None, dict(headers or {}))
            answer = connection.getresponse()
            pairs = answer.getheaders()
            found = {name.lower(): value for name, value in pairs}
            return Answer(answer.status, found, answer.read(), [name.lower() for name, _ in pairs])

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, source: str = "") -> Answer:
        """A form, as a browser sends it; `source`: the visitor's address as the proxy in front tells it."""
        headers = {**FORM, **({"X-Forwarded-For": source} if source else {})}
        return self.ask("POST", path, urlencode(fields or {}, doseq=True).encode(), headers)

    def stamp(self, age: float = 10.0) -> str:
        """That of a form which was shown so many seconds ago."""
        return make_stamp(self.keys, self.now - timedelta(seconds=age))

    def sign_up(self, address: str, source: str = "", **fields: Any) -> Answer:
        given = {"email": address, "newsletter": ["tide"], "shown": self.stamp(), **fields}
        return self.post("/subscribe", given, source)

    def token(self, purpose: Purpose, reader: int, age: timedelta = timedelta(0)) -> str:
        return make_token(self.keys, purpose, reader, self.now - age)

    def reader(self, address: str) -> Subscriber | None:
        return Roster(self.ledger).find(read_address(address).mailbox)

    def add(self, address: str, *newsletters: str) -> Subscriber:
        """A confirmed reader."""
        newcomer = Newcomer(read_address(address), newsletters or ("tide",))
        return self.readers.add(newcomer, Consent(self.now, "imported", "test"), confirmed=True)

    def rows(self, query: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.ledger)) as db:
            return db.execute(query, values).fetchall()

    def settled(self, seconds: float = 10.0) -> None:
        """Waits until the queue has nothing left that is due."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            due = int(self.now.timestamp())
            if not self.rows("SELECT 1 FROM signups WHERE due <= ? LIMIT 1", due):
                return
            time.sleep(0.02)
        raise AssertionError("sign-ups still wait")

    def mails(self, address: str = "") -> list[Taken]:
        """What the mail server took, once all is done."""
        self.settled()
        return [each for each in self.script.taken if address in {"", each.recipient}]


def link(taken: Taken) -> str:
    """The path that a mail leads to."""
    found = re.search(r"https?://[\w.:]+(/[cp]/[\w-]{36})\s", plain(taken))
    assert found
    return found[1]


def read(taken: Taken) -> EmailMessage:
    return message_from_bytes(taken.message, EmailMessage, policy=policy.default)


def plain(taken: Taken) -> str:
    part = read(taken).get_body(("plain",))
    assert part
    return str(part.get_content())


def nothing(url: str) -> bytes:
    raise AssertionError(f"{url} was asked for")


@dataclass(frozen=True)
class Outside:
    """What the endpoint learns from the web, and from DNS of a domain."""

    fetch: Callable[[str], bytes] = nothing
    takes_mail: Callable[[str], bool] = lambda domain: True


OFFLINE = Outside()


@contextmanager
def endpoint(
    root: Path,
    script: Script | None = None,
    more: str = "",
    outside: Outside = OFFLINE,
    local: bool = False,
) -> Iterator[Endpoint]:
    """An endpoint for a publication in `root`; `more` stands in its `[web]`.

    `local`: its public address is the one on loopback, for a real browser.
    """
    with server(script) as mails, listen("127.0.0.1", 0) as opened:
        url = f"http://127.0.0.1:{opened.getsockname()[1]}" if local else URL
        (root / "publish.toml").write_text(SETTINGS.format(url=url, port=mails.port, more=more), "utf-8")
        place, ready = open_place(root, None, {}), threading.Event()
        running = Endpoint(place, opened.getsockname()[1], mails)
        world = World(
            lambda: running.now,
            lambda: time.monotonic() + running.ahead.total_seconds(),
            (0, 0.01),
            outside.fetch,
            outside.takes_mail,
        )
        web = Server(place, SECRETS, world, ready.set)
        thread = threading.Thread(target=web.run, args=([opened],))
        thread.start()
        try:
            assert ready.wait(10)
            yield running
        finally:
            web.should_exit = True
            thread.join(20)
            assert not thread.is_alive()
