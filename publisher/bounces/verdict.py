"""What came back of our mails, as values: the kind, whose mail it was, and what the server said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from publisher.audience.verp import Returned

Failure = Literal["hard", "soft", "policy"]
Kind = Literal["hard", "soft", "policy", "complaint", "reply", "challenge", "notice", "unknown"]
EFFECTIVE: frozenset[Kind] = frozenset({"hard", "soft", "policy", "complaint"})
DETAIL = 500  # characters kept of what a server said


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mail, or a webhook's event, says of one of our mails.

    `hard`: there is no such reader. `soft`: not now. `policy`: our mail was refused for what it is or where
    it comes from, which says nothing of the reader. `complaint`: the reader calls it spam. `reply` (somebody
    is away), `challenge` (prove that you are human) and `notice` (delayed, delivered, read) are no bounces.

    `returned` is whose mail it was, proven by our own MAC; None: nothing was proven, and nothing may change.
    `status` is an enhanced status code (RFC 3463) or empty, `detail` one line of plain text. `source` names
    the event, the same however often it is read. `at` is when it happened, if that is told; aware.
    """

    kind: Kind
    returned: Returned | None = None
    status: str = ""
    detail: str = ""
    source: str = ""
    at: datetime | None = None

    @property
    def is_bounce_or_complaint(self) -> bool:
        """Whether it would change something, were it proven."""
        return self.kind in EFFECTIVE


def one_line(text: str) -> str:
    """A stranger's words, fit for the ledger: no control characters, no surrogates, 500 characters."""
    head = text[: 4 * DETAIL]
    return " ".join("".join(c if c.isprintable() else " " for c in head).split())[:DETAIL]
