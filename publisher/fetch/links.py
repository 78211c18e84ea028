"""Addresses of the web -> whether they lead anywhere, asked politely: few at once, one host now and then."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from publisher.fetch.ask import Answer, Asking, ask
from publisher.fetch.guard import Forbidden

_AT_ONCE = 12
_APART = 1.0  # seconds between two requests to one host
_PATIENCE = 30.0  # seconds that a server may ask us to wait (Retry-After)
_HOPS = 8
# Servers that do not know HEAD, or do not like it, answer with these; GET tells the truth.
_MAYBE = frozenset({400, 403, 404, 405, 406, 409, 410, 429, 500, 501, 502, 503})
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an address. `status` 0: no answer, `problem` says why.

    `moved` is where it leads for good, if all redirects on the way are permanent.
    """

    status: int
    problem: str = ""
    moved: str = ""

    @property
    def alive(self) -> bool:
        """Someone is there: also who wants a password (401), forbids robots (403) or asks for patience."""
        return 200 <= self.status < 300 or self.status in {401, 403, 429}


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask, and how many seconds to leave between two requests to one host."""

    asking: Asking
    apart: float = _APART


def check_all(urls: Iterable[str], manner: Manner, done: Callable[[str, Verdict], None]) -> None:
    """Asks for each address; `done` is called with each verdict, from one thread at a time."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    turn, stop = threading.Lock(), threading.Event()

    def visit(host: str) -> None:
        """All of one host, one after the other."""
        for number, url in enumerate(hosts[host]):
            if stop.is_set() or (number and stop.wait(manner.apart)):
                return
            verdict = check_one(url, manner.asking)
            with turn:
                done(url, verdict)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            for _ in pool.map(visit, hosts):
                pass
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def check_one(url: str, asking: Asking) -> Verdict:
    """Follows redirects, at most eight; HEAD first, GET where that is not answered well."""
    here, lasting, moved = url, True, ""
    for _ in range(_HOPS):
        try:
            answer = _patiently(here, asking)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Verdict(0, reason(error))
        if answer.status not in _MOVED or not answer.location:
            return Verdict(answer.status, moved=moved)
        here = urljoin(here, answer.location)
        lasting = lasting and answer.status in _FOR_GOOD
        moved = here if lasting else moved
        if urlsplit(here).scheme not in {"http", "https"}:
            return Verdict(0, "it is redirected to what is not a web address")
    return Verdict(0, f"more than {_HOPS} redirects")


def _patiently(url: str, asking: Asking) -> Answer:
    answer = ask("HEAD", url, asking)
    if answer.status in _MAYBE:
        answer = ask("GET", url, asking)
    if answer.status in {429, 503} and 0 < answer.wait <= _PATIENCE:
        time.sleep(answer.wait)
        answer = ask("GET", url, asking)
    return answer


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (Forbidden, "it leads into a private network"),
    (ssl.SSLCertVerificationError, "its certificate is not valid"),
    (ssl.SSLError, "no secure connection can be made"),
    (socket.gaierror, "there is no such host"),
    (TimeoutError, "no answer in time"),
    (ConnectionRefusedError, "the connection is refused"),
    (OSError, "the connection breaks"),
)


def reason(error: Exception) -> str:
    """Why there was no answer, for people."""
    return next((text for kind, text in _REASONS if isinstance(error, kind)), "the answer is not HTTP")
