"""What a server said of a mail it refused (RFC 3463 status, its own words) -> hard, soft or policy.

Where code and words disagree the milder holds: a reader is not lost to a filter's choice of numbers.
"""

import re

from publisher.bounces.phrases import FULL, NOBODY, POLICY
from publisher.bounces.verdict import Failure

# There is no such reader: bad mailbox, bad domain, bad syntax, moved, null MX (RFC 7505), disabled.
_GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# Our sender's address, or what the mail holds: nothing the reader could mend.
_OURS = re.compile(r"[45]\.(?:7\.\d+|1\.[78]|6\.\d+)")
_CODE = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.-])([45])\d\d(?=[ -])")
_NOT_WORDS = re.compile(r"(?<!\S)\S*@\S*|https?://\S+")


def judge(status: str, words: str) -> Failure:
    """The kind of a failure, from a status field (may be empty) and what the server said (may be empty)."""
    said = _NOT_WORDS.sub(" ", words[:4_000].lower())
    code = enhanced(status, said)
    if _OURS.fullmatch(code) or POLICY.search(said):
        return "policy"
    if code.startswith("4") or FULL.search(said):
        return "soft"
    if code in _GONE:
        return "hard"
    # 5.2.2, 5.2.3, 5.3.4: full, or too large a mail, whatever else is said.
    if code in {"5.2.2", "5.2.3", "5.3.4"}:
        return "soft"
    return "hard" if NOBODY.search(said) else "soft"


def enhanced(status: str, words: str) -> str:
    """The most telling code: the field, else one in the text, else `4.0.0` or `5.0.0` by the reply code."""
    given = _CODE.search(status)
    if given and not given[1].endswith(".0.0"):
        return given[1]
    found = _CODE.search(_NOT_WORDS.sub(" ", words))
    if found:
        return found[1]
    reply = _REPLY.search(words)
    if given:
        return given[1]
    return f"{reply[1]}.0.0" if reply else ""
