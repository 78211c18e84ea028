"""Calls of mail services in -> bounces and complaints in the ledger, once each; only proven ones (S16)."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from publisher.audience.addresses import read_address
from publisher.bounces.event import LIMIT, Event, Refused
from publisher.bounces.mailgun import read_mailgun
from publisher.bounces.postmark import Secret, read_postmark
from publisher.bounces.ses import read_ses
from publisher.bounces.sns import certificate_url, confirmation, prove, read_call
from publisher.bounces.soft import Patience
from publisher.store.bouncing import bounces_in
from publisher.web.endpoint import Endpoint
from publisher.web.forms import read_body

HOOK = "PUBLISH_HOOK_SECRET"
MAILGUN = "PUBLISH_MAILGUN_KEY"
POSTMARK = "PUBLISH_POSTMARK_SECRET"
_CERTIFICATES = 8  # that are remembered; Amazon uses few


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is in the address of each call, the key and the password (`user:password`) of services.

    Each may be empty: who has none is not listened to. `topics` are those of SNS that are ours.
    """

    hook: str = field(repr=False)
    mailgun: str = field(repr=False)
    postmark: str = field(repr=False)
    topics: tuple[str, ...] = ()


class Hooks:
    """The routes `/hook/SERVICE/SECRET`. `fetch` gives what is at an address, or raises Unavailable."""

    def __init__(self, endpoint: Endpoint, secrets: Secrets, fetch: Callable[[str], bytes]) -> None:
        self._at = endpoint
        self._secrets = secrets
        self._fetch = fetch
        self._certificates: dict[str, bytes] = {}
        settings = endpoint.publication.bounces
        self._patience = Patience(settings.soft_count, settings.soft_days, settings.soft_memory)

    async def take(self, request: Request) -> Response:
        """200 for what was understood, also where nothing came of it, or it came before; 403 otherwise."""
        service, secret = str(request.path_params["service"]), str(request.path_params["secret"])
        known = self._secrets.hook.encode()
        if not known or not hmac.compare_digest(secret.encode("utf-8", "replace"), known):
            raise HTTPException(404)
        body = await read_body(request, LIMIT)
        try:
            events = await self._read(service, body, request)
        except Refused as refused:
            return PlainTextResponse(f"{refused}\n", 403)
        if events:
            await self._at.desk.act(lambda: self._record(service, events))
        return PlainTextResponse("ok\n")

    async def _read(self, service: str, body: bytes, request: Request) -> tuple[Event, ...]:
        keys, now = self._at.keys, self._at.clock()
        if service == "ses":
            return await self._read_ses(body)
        if service == "mailgun" and self._secrets.mailgun:
            found = read_mailgun(body, self._secrets.mailgun, keys, now)
        elif service == "postmark" and self._secrets.postmark:
            user, _, password = self._secrets.postmark.partition(":")
            found = read_postmark(body, dict(request.headers), Secret(password, user))
        else:
            raise HTTPException(404)
        return (found,) if found else ()

    async def _read_ses(self, body: bytes) -> tuple[Event, ...]:
        """Amazon asks once whether its calls are wanted; the answer is to open an address of its own."""
        now = self._at.clock()
        call = read_call(body, self._secrets.topics, now)
        url = certificate_url(call)
        known = self._certificates.get(url)
        certificate = await asyncio.to_thread(self._fetch, url) if known is None else known
        prove(call, certificate, now)
        if len(self._certificates) >= _CERTIFICATES:
            self._certificates.clear()
        self._certificates[url] = certificate
        if wanted := confirmation(call):
            await asyncio.to_thread(self._fetch, wanted)
        return read_ses(call, self._at.keys)

    def _record(self, service: str, events: tuple[Event, ...]) -> None:
        now = self._at.clock()
        with bounces_in(self._at.desk.path, self._at.keys, self._patience) as bounces:
            for event in events:
                bounces.record_event(event, _mailbox(event.address), service, now)


def _mailbox(address: str) -> str:
    try:
        return read_address(address).mailbox
    except ValueError:
        return ""
