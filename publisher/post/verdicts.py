"""A server's reply, and to which command -> what became of the mail. Pure.

Whose fault a refusal is decides all: a reader's address that is no more is settled for good, a server
that refuses whatever it is offered says nothing about readers.
"""

from dataclasses import dataclass
from typing import Literal

from publisher.post.replies import Reply

Step = Literal["MAIL", "RCPT", "DATA", "end of data"]
Fate = Literal["sent", "deferred", "failed", "unknown", "skipped", "kept"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail. `kept`: nothing was tried that would count, the reader's turn is to come.

    `blame`: `reader`, nothing to worry; `relay`, it should be left alone for a while; `maybe`, only many
    of them in a row tell that it is the relay.
    """

    fate: Fate
    code: int = 0
    status: str = ""
    text: str = ""
    blame: Literal["reader", "maybe", "relay"] = "reader"


# Of the address: bad mailbox or domain, mailbox disabled or full (RFC 3463, 3.2 and 3.3).
_ADDRESS = ("1.", "2.", "6.7")
_SENDER = ("1.7", "1.8")
# Our own login, our own protection, our own way of speaking.
_OURS = {500, 501, 502, 503, 504, 521, 523, 524, 525, 530, 534, 535, 538}


def judge(step: Step, reply: Reply) -> Outcome:
    """The outcome of a mail by the reply that ended it. `sent` is for 250 to the end of data, alone."""
    if step == "end of data" and reply.code == 250:
        return _outcome("sent", reply)
    if reply.kind == 4:
        return _later(step, reply)
    if reply.kind == 5:
        return _never(step, reply)
    # A yes that is none of SMTP: after the final dot nobody knows what it means.
    return _outcome("unknown" if step == "end of data" else "kept", reply, "relay")


def _later(step: Step, reply: Reply) -> Outcome:
    if reply.code == 421 or step == "MAIL":
        return _outcome("deferred" if step == "end of data" else "kept", reply, "relay")
    own = step == "RCPT" and (reply.code == 450 or reply.status.startswith(("4.1.", "4.2.")))
    return _outcome("deferred", reply, "reader" if own else "maybe")


def _never(step: Step, reply: Reply) -> Outcome:
    """RCPT tells of the reader; at MAIL the reader has not even been named."""
    subject = reply.status[2:]
    if step == "MAIL" or subject.startswith(_SENDER):
        return _outcome("kept", reply, "relay")
    if reply.code in _OURS and not subject.startswith(_ADDRESS):
        return _outcome("deferred", reply, "maybe")
    about_reader = step == "RCPT" and (subject.startswith(_ADDRESS) or not subject)
    return _outcome("failed", reply, "reader" if about_reader else "maybe")


def _outcome(fate: Fate, reply: Reply, blame: Literal["reader", "maybe", "relay"] = "reader") -> Outcome:
    return Outcome(fate, reply.code, reply.status, reply.text, blame)
