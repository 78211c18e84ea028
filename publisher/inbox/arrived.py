"""What every mailbox gives, and what is done with a mail once its effect is safe."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Afterwards = Literal["move", "keep", "delete"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail. `name` is what its mailbox calls it; `content` its first 1 MiB, None if it cannot be read.

    `of`: how many there are in all; 0 where nobody knows before the last.
    """

    name: str
    content: bytes | None
    of: int = 0


class Inbox(Protocol):
    """Where mails arrive."""

    def mails(self) -> Iterator[Arrived]:
        """All that are there and not settled, one after another. None is changed by being read."""
        ...

    def settle(self, mail: Arrived) -> None:
        """The mail is ours, and what it says is on the disk: it is moved, flagged, deleted or kept."""
        ...
