"""A time of day and a zone -> the moments at which it comes round, right through changes of the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When it is `at` on the local `day`, in the zone.

    A time that the clock jumps over comes when the jump is done; of a time that comes twice it is the
    first (as RFC 5545, section 3.3.5, has it for the latter).
    """
    local = datetime.combine(day, at, zone)
    back = local.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return local
    return _after_jump(local, zone)


def coming(after: datetime, at: time, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments after `after` (aware), one for each local day, for ever."""
    first = after.astimezone(zone).date()
    for days in count():
        moment = moment_of(first + timedelta(days=days), at, zone)
        if moment > after:
            yield moment


def day_due(now: datetime, at: time, zone: ZoneInfo) -> date:
    """The local day whose time came last: today's date, or yesterday's before today's time.

    A run for it is due unless there was one for this day: a late one may come after midnight.
    """
    today = now.astimezone(zone).date()
    return today if moment_of(today, at, zone) <= now else today - timedelta(days=1)


def _after_jump(local: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after a gap in which `local` lies: found by halving, to the second."""
    early = int(local.replace(fold=1).astimezone(UTC).timestamp())
    late = int(local.replace(fold=0).astimezone(UTC).timestamp())
    early, late = min(early, late) - 1, max(early, late)
    wall = local.replace(tzinfo=None)
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) > wall:
            late = middle
        else:
            early = middle
    return datetime.fromtimestamp(late, zone)
