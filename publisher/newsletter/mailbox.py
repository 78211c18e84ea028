"""An address as somebody wrote it in -> the address as a header and an envelope can hold it out."""

import re
import unicodedata
from functools import lru_cache

import idna

from publisher.errors import PublishError
from publisher.newsletter.text import tidy

# Dot-atoms (RFC 5322, 3.4.1; RFC 6531, 3.3): what every mail server takes without quoting.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\x80-\U0010ffff]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")


def mailbox(address: str, where: str) -> str:
    """The address in ASCII, its domain in IDNA. Raises PublishError when it is none, or needs SMTPUTF8."""
    if right := _mailbox(address):
        if right.isascii():
            return right
        hint = "before the @ write letters that every mail server takes: a-z, 0-9, dots"
        raise PublishError(where, f"{tidy(address)[:80]!r} works only between some mail servers", hint)
    raise _none(address, where)


def reader_mailbox(address: str) -> str:
    """The address, its domain in IDNA. What is before the @ stays: where it is not ASCII, the mail and its
    envelope need SMTPUTF8 (RFC 6531). Raises PublishError when it is none.
    """
    if right := _mailbox(address):
        return right
    raise _none(address, "recipient")


def _mailbox(address: str) -> str:
    """The address with an ASCII domain; '' when it is none."""
    local, _, domain = address.rpartition("@")
    right = (
        len(local.encode("utf-8", "surrogatepass")) <= 64 and "=?" not in local and _LOCAL.fullmatch(local)
    )
    if not right or not (local.isascii() or _visible(local)):
        return ""
    host = domain if domain.isascii() else _ascii(domain)
    return f"{local}@{host}" if len(host) <= 253 and _DOMAIN.fullmatch(host) else ""


def _visible(local: str) -> bool:
    """Whether nothing in it is a control, a format, a space, a surrogate or unassigned (Unicode 4.5)."""
    return all(unicodedata.category(letter)[0] not in "CZ" for letter in local)


@lru_cache(maxsize=1024)
def _ascii(domain: str) -> str:
    """The domain as DNS has it (RFC 5891); '' when it cannot be one. Readers share their domains."""
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""


def _none(address: str, where: str) -> PublishError:
    message = f"{tidy(address)[:80]!r} is not an e-mail address that mail servers take"
    return PublishError(where, message, "name@example.org")
