"""The body of a call by Postmark -> an event, proven by a secret in its header, as it does not sign (S16).

Fields and types: postmarkapp.com/developer/webhooks (bounce-webhook, spam-complaint-webhook).
"""

import binascii
import hmac
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from publisher.bounces.event import LIMIT, Event, Refused, moment
from publisher.bounces.status import enhanced, judge
from publisher.bounces.verdict import Kind, Verdict, one_line

_KINDS: Mapping[str, Kind] = {
    "HardBounce": "hard",
    "BadEmailAddress": "hard",
    "SpamComplaint": "complaint",
    "AutoResponder": "reply",
    "AddressChange": "reply",
    "ChallengeVerification": "challenge",
    **dict.fromkeys(("SoftBounce", "Transient", "DnsError", "SMTPApiError", "Undeliverable"), "soft"),
    **dict.fromkeys(("SpamNotification", "Blocked", "DMARCPolicy", "VirusNotification"), "policy"),
}


@dataclass(frozen=True, slots=True)
class Secret:
    """What each call has to bring: name and password (basic auth), or the value of a header of its own."""

    password: str
    user: str = ""
    header: str = "authorization"


class _Told(msgspec.Struct, frozen=True):
    RecordType: str
    ID: int
    Email: str = ""
    Type: str = ""
    Details: str | None = None
    Description: str | None = None
    BouncedAt: str = ""


def read_postmark(body: bytes, headers: Mapping[str, str], secret: Secret) -> Event | None:
    """The bounce or complaint; None for other records. `headers` by their names in small letters.

    Postmark sends by envelope senders of its own: the reader is known by the address alone. Raises Refused.
    """
    if not _proven(headers, secret):
        raise Refused("the secret is wrong")
    if len(body) > LIMIT:
        raise Refused("the body is too large")
    try:
        told = msgspec.json.decode(body, type=_Told)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Refused("this is no call of Postmark") from error
    kind = _kind(told)
    if kind is None:
        return None
    words = told.Details or told.Description or told.Type
    event = f"postmark {told.RecordType} {told.ID}"
    code = enhanced("", told.Details or "")
    return Event(event, Verdict(kind, None, code, one_line(words), event, moment(told.BouncedAt)), told.Email)


def _proven(headers: Mapping[str, str], secret: Secret) -> bool:
    given = headers.get(secret.header.lower(), "")
    expected = secret.password
    if secret.header.lower() == "authorization":
        scheme, _, coded = given.partition(" ")
        try:
            given = b64decode(coded, validate=True).decode() if scheme.lower() == "basic" else ""
        except (binascii.Error, ValueError):
            return False
        expected = f"{secret.user}:{secret.password}"
    return bool(secret.password) and hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def _kind(told: _Told) -> Kind | None:
    if told.RecordType == "SpamComplaint":
        return "complaint"
    if told.RecordType != "Bounce":
        return None
    kind = _KINDS.get(told.Type, "unknown")
    return "policy" if kind == "hard" and judge("", told.Details or "") == "policy" else kind
