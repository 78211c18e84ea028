"""A bounce in plain words, as servers write that do not know RFC 3464 -> what it says.

qmail (QSBMF), Exim, old Sendmail, Exchange and Gmail have openings of their own; a mail counts as a bounce
only if a mail system is its sender, too.
"""

import re

from publisher.bounces.mime import Mail
from publisher.bounces.phrases import COPY, DAEMON, FAILED, LATER
from publisher.bounces.report import Report
from publisher.bounces.status import enhanced, judge

_TEXT = 8_000


def from_daemon(mail: Mail) -> bool:
    """Whether a mail system says that it is the sender, or nobody does (RFC 5321 section 4.5.5)."""
    top = mail.top
    return bool(top.get("x-failed-recipients") or DAEMON.search(top.get("from"))) or (
        top.get("return-path") == "<>" and not top.get("from")
    )


def read_plain(mail: Mail) -> Report | None:
    """What the text says; None for one that is not known to be a bounce's."""
    if not from_daemon(mail):
        return None
    text = bounce_text(mail)
    if LATER.search(text):
        return Report("notice", "", "delayed")
    if not (FAILED.search(text) or mail.top.get("x-failed-recipients")):
        return None
    return judged(text)


def bounce_text(mail: Mail) -> str:
    """The subject and the words before the copy of our mail."""
    return f"{mail.top.get('subject')}\n{_before_copy(mail.text()[:_TEXT])}"


def _before_copy(text: str) -> str:
    found = COPY.search(text)
    return text[: found.start()] if found else text


def judged(text: str) -> Report:
    """The verdict on words alone; lines with a number in them tell the most."""
    body = text.partition("\n")[2]
    telling = [line.strip() for line in body.splitlines() if re.search(r"\b[45]\d\d\b|[45]\.\d\.\d", line)]
    words = " ".join(telling) or " ".join(body.split()[:80])
    return Report(judge("", body), enhanced("", body), words)
