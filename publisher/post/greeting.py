"""A fresh connection in, one that takes mail out: greeting, EHLO, STARTTLS, AUTH."""

import binascii
import socket
import ssl
from collections.abc import Mapping

from publisher.post.relay import Relay
from publisher.post.replies import Garbled, Refused, Reply, Unsafe
from publisher.post.wire import Wire, connect

Offers = Mapping[str, str]  # what EHLO promised: keyword in capitals -> its parameters


async def introduce(relay: Relay, context: ssl.SSLContext | None) -> tuple[Wire, Offers]:
    """Connects and comes to the point where mails can be sent. Raises a PostError.

    `context` holds whom to trust; without one (security "none") nothing is encrypted.
    """
    limits = relay.limits
    direct = context if relay.security == "tls" else None
    wire = await connect(relay.host, relay.port, limits.connect, direct)
    try:
        _expect(220, "greeting", await wire.reply(limits.answer))
        offers = await _ehlo(wire, relay)
        if relay.security == "starttls" and context is not None:
            offers = await _protect(wire, relay, offers, context)
        if relay.user:
            await _log_in(wire, relay, offers)
    except BaseException:
        wire.abort()
        raise
    return wire, offers


async def ask(wire: Wire, command: str, seconds: float) -> Reply:
    wire.write(f"{command}\r\n".encode())
    return await wire.reply(seconds)


def trust(relay: Relay) -> ssl.SSLContext | None:
    """Whom the relay's certificate must be from: the system's authorities, or the file of its own."""
    if relay.security == "none":
        return None
    return ssl.create_default_context(cafile=relay.authority or None)


async def _ehlo(wire: Wire, relay: Relay) -> Offers:
    name = socket.gethostname()
    known = name if "." in name and name.isascii() else wire.own_address
    reply = _expect(250, "EHLO", await ask(wire, f"EHLO {known}", relay.limits.answer))
    words = (line.split(None, 1) for line in reply.lines[1:] if line.strip())
    return {word[0].upper(): "".join(word[1:]).strip().upper() for word in words}


async def _protect(wire: Wire, relay: Relay, offers: Offers, context: ssl.SSLContext) -> Offers:
    """What was offered before TLS does not count: anybody on the line could have said it (RFC 3207, 4.2)."""
    if "STARTTLS" not in offers:
        raise Unsafe("the server offers no STARTTLS, or somebody on the line hides that it does")
    _expect(220, "STARTTLS", await ask(wire, "STARTTLS", relay.limits.answer))
    await wire.secure(context, relay.host, relay.limits.connect)
    return await _ehlo(wire, relay)


async def _log_in(wire: Wire, relay: Relay, offers: Offers) -> None:
    """AUTH PLAIN (RFC 4616) where it is offered, else LOGIN."""
    ways, seconds = offers.get("AUTH", "").split(), relay.limits.answer
    if "PLAIN" in ways:
        secret = _armoured(f"\0{relay.user}\0{relay.password}")
        reply = await ask(wire, f"AUTH PLAIN {secret}", seconds)
    elif "LOGIN" in ways:
        reply = await ask(wire, "AUTH LOGIN", seconds)
        for word in (relay.user, relay.password):
            if reply.code == 334:
                reply = await ask(wire, _armoured(word), seconds)
    else:
        raise Unsafe("the server offers no way to log in (AUTH PLAIN or LOGIN)")
    _expect(235, "AUTH", reply)


def _armoured(text: str) -> str:
    return binascii.b2a_base64(text.encode(), newline=False).decode("ascii")


def _expect(code: int, doing: str, reply: Reply) -> Reply:
    if reply.code == code:
        return reply
    if reply.kind in {4, 5}:
        raise Refused(doing, reply)
    raise Garbled(f"{doing}: the server answered {reply}")
