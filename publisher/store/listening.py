"""A host and a port -> a socket that listens there."""

import errno
import socket

from publisher.errors import PublishError


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any that is free. Raises PublishError with a hint."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, so that asyncio knows the protocol and sends small answers at once (TCP_NODELAY).
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise _refusal(host, port, error) from error
    return opened


def _refusal(host: str, port: int, error: OSError) -> PublishError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        hint = f"another program listens there; --port {port + 1} takes the next"
        return PublishError(where, "the port is taken", hint)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return PublishError(where, "this port is not for everybody", "ports from 1024 on are")
    return PublishError(where, f"cannot listen there: {error.strerror or error}", "--host 127.0.0.1")
