"""Bytes as they are over a socket, and what came back, for requests that no library would make."""

import socket
from contextlib import closing
from http.client import HTTPException, HTTPResponse

from tests.web.servers import Answer


def raw(port: int, *pieces: bytes, method: str = "GET", ends: bool = False) -> Answer | None:
    """The first answer; None where the connection just ended. `ends`: nothing more will be sent."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=15)) as wire:
        for piece in pieces:
            wire.sendall(piece)
        if ends:
            wire.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(wire, method=method)
        try:
            answer.begin()
        except (HTTPException, ConnectionError):
            return None
        pairs = answer.getheaders()
        found = {name.lower(): value for name, value in pairs}
        return Answer(answer.status, found, answer.read(), [name.lower() for name, _ in pairs])
