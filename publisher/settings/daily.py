"""What a publication can configure of its daily run, with the defaults. Keys in the file read the same."""

from dataclasses import dataclass
from datetime import time

# In the order in which they are done.
DAILY_STEPS = ("bounces", "check", "digest", "build", "deploy", "ping", "send")


@dataclass(frozen=True, slots=True)
class DailySettings:
    """The unattended run: at which local time it is due, of which `steps` (see DAILY_STEPS) it consists.

    None are the steps that the rest of the configuration calls for. `report`: whom a mail tells of failures.
    """

    at: str = "06:00"
    steps: tuple[str, ...] = ()
    report: str = ""

    @property
    def time(self) -> time:
        """`at` as a time of day."""
        return time.fromisoformat(self.at)
