"""An address of the web -> what its server answers: one request, to a public machine, in limited time."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Timer
from urllib.parse import quote, urlsplit

from publisher.fetch.guard import public_addresses

_SAFE = "/:?#[]@!$&'()*+,;=%~"
_MOST = 65_536  # bytes of an answer that are read


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks (`agent`), the seconds a whole answer may take, and whether private machines may be asked."""

    agent: str
    seconds: float = 15.0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The status; `location` of a redirect; `wait` in seconds, if the server asks for patience.

    `body`: the first 64 KiB, as far as they came.
    """

    status: int
    location: str = ""
    wait: float = 0.0
    body: bytes = field(default=b"", repr=False, compare=False)


def ask(method: str, url: str, asking: Asking, form: bytes = b"") -> Answer:
    """`form` is a body of the type `application/x-www-form-urlencoded`.

    Raises OSError (also for TLS, a time-out, a forbidden host) or HTTPException.
    """
    parts = urlsplit(quote(url, _SAFE))
    host, secure = parts.hostname or "", parts.scheme == "https"
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    connection = _Connection(name, parts.port or (443 if secure else 80), secure, asking)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "User-Agent": asking.agent,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        with _in_time(connection, asking.seconds):
            connection.request(method, target, form or None, headers)
            response = connection.getresponse()
            answer = _answer(response.status, {k.lower(): v for k, v in response.getheaders()})
            # The answer is known by now, however its body ends.
            with suppress(OSError, http.client.HTTPException):
                answer = replace(answer, body=response.read(_MOST))
            return answer
    finally:
        connection.close()


@contextmanager
def _in_time(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Ends what a server draws out by sending a byte now and then: a socket's own limit is for each byte."""
    over = Event()

    def end() -> None:
        over.set()
        held = connection.sock
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if over.is_set():
            raise TimeoutError("no answer in time") from error
        raise
    finally:
        timer.cancel()


class _Connection(http.client.HTTPConnection):
    """Connects to the address that was looked at, so that no second answer of the DNS can lead elsewhere."""

    def __init__(self, host: str, port: int, secure: bool, asking: Asking) -> None:
        super().__init__(host, port, timeout=asking.seconds)
        self.default_port = 443 if secure else 80
        self._asking = asking
        self._secure = secure

    def connect(self) -> None:
        deadline = time.monotonic() + self._asking.seconds
        problem: OSError = OSError("the name has no address")
        for family, address in public_addresses(self.host, self.port, self._asking.private):
            plain = socket.socket(family, socket.SOCK_STREAM)
            plain.settimeout(max(0.1, deadline - time.monotonic()))
            try:
                plain.connect((address, self.port))
                self.sock = self._wrapped(plain)
            except OSError as error:
                plain.close()
                problem = error
            else:
                return
        raise problem

    def _wrapped(self, plain: socket.socket) -> socket.socket:
        if not self._secure:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _answer(status: int, headers: Mapping[str, str]) -> Answer:
    return Answer(status, headers.get("location", ""), _seconds(headers.get("retry-after", "")))


def _seconds(wait: str) -> float:
    """Retry-After in seconds, or as a date (RFC 9110, section 10.2.3); 0 for neither."""
    if wait.isdecimal():
        return float(wait)
    try:
        moment = parsedate_to_datetime(wait)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
