"""What somebody typed -> an e-mail address that mail can go to, and the form that its spellings share."""

import re
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from publisher.audience.subscriber import Address

__all__ = ["Address", "inbox_of", "read_address"]

_PLAIN = re.compile(r"([A-Za-z0-9_+-]{1,30}(?:\.[A-Za-z0-9_+-]{1,30})?)@([A-Za-z0-9.-]{1,150})")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})  # support.google.com/mail/answer/7436150
_LONGEST = 320  # characters looked at: RFC 3696 with its erratum 1690 allows 254 octets


def read_address(text: str) -> Address:
    """The address, by RFC 5321 and, for letters beyond ASCII, RFC 6531 and IDNA 2008 (UTS #46).

    White space around it does not count. Raises ValueError with a reason that does not repeat the address:
    quoted local parts, comments, display names, IP addresses, names that no mail can reach (`localhost`,
    `.test`), controls and characters that turn the direction of text are all refused.
    """
    text = text.strip()
    if plain := _PLAIN.fullmatch(text):
        return _plain(*plain.groups())
    if len(text) > _LONGEST:
        raise ValueError(f"the address is too long: {len(text):,} characters, at most 254 are allowed")
    try:
        found = validate_email(text, check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        raise ValueError(_reason(error)) from error
    local, domain = unicodedata.normalize("NFC", found.local_part), found.ascii_domain.lower()
    # Lower case, not case folding: ß is a letter of its own, in IDNA 2008 as in mailboxes. Dots and what
    # follows a + stay: they tell mailboxes apart at most hosts.
    return Address(f"{local}@{domain}", f"{unicodedata.normalize('NFC', local.lower())}@{domain}")


def inbox_of(mailbox: str) -> str:
    """The mailbox that stands for all whose mail lands in the same inbox, as far as hosts agree on it.

    What follows a + is a mark of the reader's own (RFC 5233); at Gmail dots mean nothing. For counting alone:
    to be written to, each is an address of its own.
    """
    local, _, domain = mailbox.rpartition("@")
    name = local.partition("+")[0] or local
    if domain in _DOTLESS:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def _plain(local: str, domain: str) -> Address:
    """An address whose local part is sound by its letters alone: nearly all are, and lists are long."""
    known = _domain(domain)
    return Address(f"{local}@{known}", f"{local.lower()}@{known}")


@lru_cache(4096)
def _domain(domain: str) -> str:
    """The domain in ASCII; a list has few of them."""
    try:
        found = validate_email(f"a@{domain}", check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        raise ValueError(_reason(error)) from error
    return found.ascii_domain.lower()


def _reason(error: Exception) -> str:
    """The library's sentence as a part of ours."""
    reason = str(error).rstrip(".")
    return reason[:1].lower() + reason[1:]
