"""An address of the web -> what its server answers: one request, to a public machine, in limited time."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from publisher.fetch.guard import public_addresses

_SAFE = "/:?#[]@!$&'()*+,;=%~"
_MOST = 65_536  # bytes of an answer that are read; nobody looks at them


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks (`agent`), the seconds an answer may take, and whether private machines may be asked."""

    agent: str
    seconds: float = 15.0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The status; `location` of a redirect; `wait` in seconds, if the server asks for patience."""

    status: int
    location: str = ""
    wait: float = 0.0


def ask(method: str, url: str, asking: Asking) -> Answer:
    """Raises OSError (also for TLS, a time-out, a forbidden host) or HTTPException."""
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
    try:
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        if method != "HEAD":
            response.read(_MOST)
        return _answer(response.status, {k.lower(): v for k, v in response.getheaders()})
    finally:
        connection.close()


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
    wait = headers.get("retry-after", "")
    return Answer(status, headers.get("location", ""), float(wait) if wait.isdigit() else 0.0)
