"""The body of a call by Mailgun -> an event, proven by its HMAC (S16).

Rules: documentation.mailgun.com, securing webhooks; fields: event structure. The HMAC covers a timestamp and
a token, not what is told: so a token holds good once, and the event's `id` has to be recorded with it.
"""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec

from publisher.audience.keys import Keys
from publisher.bounces.event import LIMIT, Event, Refused, source, whose
from publisher.bounces.status import enhanced, judge
from publisher.bounces.verdict import Kind, Verdict, one_line

WINDOW = timedelta(minutes=15)


class _Signature(msgspec.Struct, frozen=True):
    timestamp: str | int
    token: str
    signature: str


class _Envelope(msgspec.Struct, frozen=True):
    sender: str = ""


class _Status(msgspec.Struct, frozen=True):
    code: int | str | None = None
    message: str | None = None
    description: str | None = None
    enhanced_code: str | None = msgspec.field(default=None, name="enhanced-code")


class _Told(msgspec.Struct, frozen=True):
    event: str
    id: str
    recipient: str = ""
    severity: str = ""
    reason: str = ""
    timestamp: float = 0.0
    envelope: _Envelope = _Envelope()
    delivery_status: _Status = msgspec.field(default=_Status(), name="delivery-status")


class _Call(msgspec.Struct, frozen=True):
    signature: _Signature
    event_data: _Told = msgspec.field(name="event-data")


def read_mailgun(body: bytes, signing_key: str, keys: Keys, now: datetime) -> Event | None:
    """The bounce or complaint; None for other events. Raises Refused: forged, stale, or no call of Mailgun.

    `id` of the event is that of the token: a second call with it is refused by who records it.
    """
    if len(body) > LIMIT:
        raise Refused("the body is too large")
    try:
        call = msgspec.json.decode(body, type=_Call)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Refused("this is no call of Mailgun") from error
    _prove(call.signature, signing_key, now)
    told = call.event_data
    kind = _kind(told)
    if kind is None:
        return None
    of = whose(keys, (told.envelope.sender,))
    said = told.delivery_status
    words = said.message or said.description or told.reason
    code = enhanced(said.enhanced_code or "", f"{said.code or ''} {words}")
    at = _at(told.timestamp)
    verdict = Verdict(kind, of, code, one_line(words), source(of, f"mailgun {told.id}"), at)
    return Event(f"mailgun {call.signature.token}", verdict, told.recipient)


def _prove(signature: _Signature, signing_key: str, now: datetime) -> None:
    text = f"{signature.timestamp}{signature.token}".encode("utf-8", "replace")
    expected = hmac.new(signing_key.encode(), text, sha256).hexdigest()
    given = signature.signature.encode("utf-8", "replace")
    if not signing_key or not hmac.compare_digest(expected.encode("ascii"), given):
        raise Refused("the signature is wrong")
    at = _at(signature.timestamp)
    if at is None or abs(now - at) > WINDOW:
        raise Refused("the call is stale, or this machine's clock is wrong")


def _kind(told: _Told) -> Kind | None:
    if told.event == "complained":
        return "complaint"
    if told.event != "failed":
        return None
    said = told.delivery_status
    if told.reason in {"suppress-bounce", "bounce"} and not said.message and not said.enhanced_code:
        return "hard" if told.severity == "permanent" else "soft"
    if told.reason in {"suppress-complaint", "suppress-unsubscribe", "espblock"}:
        return "policy"
    found = judge(said.enhanced_code or "", f"{said.code or ''} {said.message or said.description or ''}")
    return "soft" if found == "hard" and told.severity != "permanent" else found


def _at(seconds: str | float) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
