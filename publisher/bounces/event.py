"""What a mail service tells by webhook, once it has been authenticated: the same verdicts as from mails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from publisher.audience.keys import Keys
from publisher.audience.verp import Returned, read_sender
from publisher.bounces.verdict import Verdict

LIMIT = 1 << 18  # bytes of a body: SNS sends at most 256 KiB


class Refused(ValueError):
    """A call that is not proven to come from the service, or is none of its calls. Nothing may change."""


@dataclass(frozen=True, slots=True)
class Event:
    """A verdict and whom it is about.

    `id` is never the same for two events, and what was recorded under it once is recorded already.
    `address` is the reader's as the service has it, proven with the call: for where `returned` is None.
    """

    id: str
    verdict: Verdict
    address: str


def whose(keys: Keys, senders: Iterable[str]) -> Returned | None:
    """The mail of ours, by the first of the envelope senders that we made."""
    return next(filter(None, (read_sender(keys, sender) for sender in senders)), None)


def source(returned: Returned | None, event: str) -> str:
    """The name of what happened: of the delivery, where that is known, as a mail about it would have it."""
    return f"issue {returned.issue}" if returned and returned.issue else event


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment, aware; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
