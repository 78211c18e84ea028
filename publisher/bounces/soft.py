"""When a reader's mailbox did not take mails -> whether it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """`count` soft bounces, first and last `days` apart; what is older than `memory` days is forgotten."""

    count: int = 5
    days: int = 14
    memory: int = 60


def gives_up(moments: tuple[datetime, ...], now: datetime, patience: Patience) -> bool:
    """Whether soft bounces at these moments (aware, any order) are enough. Time alone makes them fewer."""
    counted = [moment for moment in moments if moment >= now - timedelta(days=patience.memory)]
    if len(counted) < patience.count:
        return False
    return max(counted) - min(counted) >= timedelta(days=patience.days)


def believed(moment: datetime | None, now: datetime, patience: Patience) -> datetime:
    """When a bounce happened: as its mail says, unless that is missing, ahead of us or older than memory."""
    if moment is None or not now - timedelta(days=patience.memory) <= moment <= now:
        return now
    return moment
