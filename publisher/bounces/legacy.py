"""A mail no other module knows -> what flufl.bounce says: dozens of formats of servers of the nineties.

An extra, asked last, and guarded: it raises on a mail without From, and on some of its own tests; its time
grows with lines times patterns.
"""

import logging
from email import message_from_bytes
from importlib import import_module
from typing import Any, Literal

from publisher.bounces.mime import Mail

_LIMIT = 1 << 16  # bytes, and lines, that it gets to see
_LINES = 1_000
_NOBODY = "MAILER-DAEMON@localhost"
# It tells its own faults to whoever listens, and to the terminal if nobody does.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def ask_flufl(raw: bytes, mail: Mail) -> Literal["permanent", "temporary", ""]:
    """Whether it finds addresses that failed; '' also where it is not installed, or fails itself."""
    if not mail.whole:
        return ""
    try:
        library: Any = import_module("flufl.bounce")
        message = message_from_bytes(b"\n".join(raw[:_LIMIT].split(b"\n", _LINES)[:_LINES]))
        del message["From"]
        message["From"] = mail.top.get("from").encode("ascii", "ignore").decode() or _NOBODY
        temporary, permanent = library.all_failures(message)
    except Exception:  # whatever it is, the mail is one that it does not know
        return ""
    return "permanent" if permanent else "temporary" if temporary else ""
