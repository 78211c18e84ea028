"""The setting that says where bounces arrive -> what to open. No password stands in it.

`maildir:/path`, `mbox:/path`, `imap://user@host/folder`, `pop://user@host`; both with `+starttls` and a port.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

_PORTS = {"imap": 993, "imap+starttls": 143, "pop": 995, "pop+starttls": 110}
_ALSO = {"imaps": "imap", "pops": "pop", "pop3": "pop", "pop3s": "pop"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`path` is for files, the rest for servers. A server is spoken to by TLS only, `starttls` or at once."""

    kind: Literal["maildir", "mbox", "imap", "pop"]
    path: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    folder: str = "INBOX"
    starttls: bool = False


def read_mailbox(text: str) -> Mailbox:
    """The mailbox that `text` names. Raises ValueError with what is wrong with it."""
    scheme, colon, rest = text.partition(":")
    if scheme in {"maildir", "mbox"} and colon and rest.strip():
        return Mailbox("maildir" if scheme == "maildir" else "mbox", rest)
    scheme = _ALSO.get(scheme, scheme)
    if scheme not in _PORTS:
        raise ValueError(
            f"{scheme!r} is none of maildir:/path, mbox:/path, imap://user@host, pop://user@host"
        )
    parts = urlsplit(f"{scheme}://{rest.removeprefix('//')}")
    if parts.password is not None:
        raise ValueError("a password does not belong here, but into PUBLISH_BOUNCES_PASSWORD or a file")
    if not parts.hostname or not parts.username:
        raise ValueError(f"{text!r} does not say user and host ({scheme}://user@host)")
    user, folder = unquote(parts.username), unquote(parts.path.strip("/")) or "INBOX"
    if re.search(r"[^ -~]", user + folder):
        raise ValueError(f"{text!r} holds characters that mail servers do not take")
    kind: Literal["imap", "pop"] = "imap" if scheme.startswith("imap") else "pop"
    port = parts.port or _PORTS[scheme]
    return Mailbox(kind, "", parts.hostname, port, user, folder, scheme.endswith("+starttls"))
