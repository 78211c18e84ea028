"""What of a publication a command looks at."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish: everything dated up to `now`, and drafts or future articles if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False

    @property
    def publishes(self) -> bool:
        """A look at drafts or at the future publishes nothing."""
        return not (self.drafts or self.future)
