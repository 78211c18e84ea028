"""A mail's header and first words -> whether a machine wrote it for somebody who is away, or asks who we are.

RFC 3834 section 5 has the field; machines from before it, and those that do not care, tell by other ones.
"""

from typing import Literal

from publisher.bounces.mime import Mail
from publisher.bounces.phrases import AWAY, CHALLENGE

_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
    "x-vacation",
)
_CHALLENGERS = (
    "x-boxtrapper",
    "x-spamarrest",
    "x-tmda-fingerprint",
    "x-challenge-response",
    "x-delivery-agent",
)


def read_automatic(mail: Mail) -> Literal["reply", "challenge", ""]:
    """`challenge`, `reply`, or '' for a mail that no such machine wrote."""
    top = mail.top
    subject = top.get("subject")
    words = f"{subject}\n{mail.text()[:2_000]}"
    if any(top.get(name) for name in _CHALLENGERS) or CHALLENGE.search(words):
        return "challenge"
    submitted = top.get("auto-submitted").lower().partition(";")[0].strip()
    if submitted not in {"", "no"} or any(top.get(name) for name in _FIELDS):
        return "reply"
    if top.get("precedence").lower() in {"auto_reply", "auto-reply"} or AWAY.search(subject):
        return "reply"
    return ""
