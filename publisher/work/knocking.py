"""A relay in -> whether it can be reached, is safe, and lets us in; no mail is sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from publisher.errors import PublishError
from publisher.health.verdict import Verdict, fine, wrong
from publisher.post.greeting import Offers, ask, introduce, trust
from publisher.post.relay import Limits, Relay
from publisher.post.replies import Garbled, Lost, PostError, Refused, Stalled, Unsafe
from publisher.work.place import Place
from publisher.work.relaying import relays, variable

_SECONDS = 10.0  # for each step; a relay that needs longer is tried by `publish send --test`
_ALTOGETHER = 60.0
_FAREWELL = 2.0


def knock(place: Place, environment: Mapping[str, str]) -> tuple[Verdict, ...]:
    """A verdict on each relay of the configuration, in its order."""
    return tuple(_tried(place, name, environment) for name in range(len(place.publication.relays)))


def _tried(place: Place, at: int, environment: Mapping[str, str]) -> Verdict:
    own = place.publication.relays[at]
    alone = replace(place, publication=replace(place.publication, relays=(own,)))
    subject = f"relay {own.name}"
    try:
        (relay,) = relays(alone, environment)
    except PublishError as error:
        return wrong(subject, error.message, error.hint)
    at_place = f"{relay.host}:{relay.port}"
    try:
        offers = asyncio.run(_visit(relay))
    except (PostError, TimeoutError) as error:
        said = str(error) or f"no answer in {_ALTOGETHER:g} seconds"
        return wrong(subject, f"{at_place}: {said}", _remedy(error, relay))
    return fine(subject, f"{at_place} answers{_safe(relay)}{_known(relay)}{_size(offers)}; no mail was sent")


async def _visit(relay: Relay) -> Offers:
    patient = replace(relay, limits=Limits.of(min(_SECONDS, relay.limits.answer)))
    async with asyncio.timeout(_ALTOGETHER):
        wire, offers = await introduce(patient, trust(relay))
        try:
            await ask(wire, "QUIT", _FAREWELL)
        except PostError:
            pass  # it let us in; how it says goodbye does not matter
        finally:
            wire.abort()
    return offers


def _remedy(error: Exception, relay: Relay) -> str:
    if isinstance(error, Refused) and str(error).startswith("AUTH"):
        return f"check user and password ({variable(relay.name)}); services often have their own for SMTP"
    if isinstance(error, Refused):
        return "it does not want this machine; ask whoever runs it"
    if isinstance(error, Unsafe):
        return 'check host, port and security ("tls" is port 465, "starttls" is 587), or set authority'
    if isinstance(error, Garbled):
        return 'this is no mail server, or it speaks TLS at once: security = "tls"'
    if isinstance(error, Lost | Stalled) and relay.port == 25:
        return "check the host; many networks block port 25, where 587 is open"
    return "check host and port, and that a firewall lets you out"


def _safe(relay: Relay) -> str:
    return "" if relay.security == "none" else " by TLS, its certificate is good"


def _known(relay: Relay) -> str:
    return f", {relay.user} may send" if relay.user else ""


def _size(offers: Offers) -> str:
    most = offers.get("SIZE", "")
    return f", mails of up to {int(most) / 1e6:,.0f} MB" if most.isdigit() and int(most) > 0 else ""
