"""A mailbox in -> whether nobody reads there who could want a newsletter, by its name alone.

Why: sign-ups for such addresses are made by robots, or to annoy; a mail to them is answered by a complaint, a
bounce or another robot. Addresses of a trade (`info@`, `sales@`, `office@`) are none of these: small firms
read there, and what confirms keeps out who does not want it.
"""

import re
from collections.abc import Collection

# Those that RFC 2142 (sections 4 to 6) sets apart for the operation of mail, hosts and services …
_OPERATION = (
    "abuse",
    "noc",
    "security",
    "postmaster",
    "hostmaster",
    "usenet",
    "webmaster",
    "www",
    "uucp",
    "ftp",
)
# … accounts of machines (Postfix and Debian send mail of theirs to root) …
_MACHINES = (
    "root",
    "daemon",
    "nobody",
    "mailer-daemon",
    "mail-daemon",
    "cron",
    "logcheck",
    "www-data",
    "apache",
)
# … ways back that nobody reads (RFC 3834, section 2, on what answers by itself) …
_NO_REPLY = (
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "devnull",
    "null",
)
_RETURNS = (
    "bounce",
    "bounces",
    "autoreply",
    "auto-reply",
    "autoresponder",
    "unsubscribe",
    "complaints",
    "spam",
)
# … and programs that keep lists (RFC 2142, section 6), with a list's own addresses.
_LISTS = ("majordomo", "listserv", "listproc", "mailman", "sympa", "ezmlm")
_OF_A_LIST = re.compile(r"owner-.+|.+-(?:request|owner|bounces?|subscribe|unsubscribe|confirm)")

ROLES = frozenset((*_OPERATION, *_MACHINES, *_NO_REPLY, *_RETURNS, *_LISTS))


def is_role(mailbox: str) -> bool:
    """`postmaster@`, `noreply@`, `news-request@` and the like, with or without `+word`."""
    name = mailbox.rpartition("@")[0].partition("+")[0]
    return name in ROLES or bool(_OF_A_LIST.fullmatch(name))


def is_named(mailbox: str, names: Collection[str]) -> bool:
    """Whether one of `names` is the mailbox, its domain, or a domain above that; all in small letters."""
    domain = mailbox.rpartition("@")[2]
    parents = domain.split(".")
    return mailbox in names or any(".".join(parents[at:]) in names for at in range(len(parents)))
