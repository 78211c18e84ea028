"""A reader's time zone and the hour that mails should come at -> when that is next."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_hour(now: datetime, hour: time, zone: ZoneInfo) -> datetime:
    """The first moment at or after `now` (aware) when clocks in the zone show `hour`.

    An hour that a clock change leaves out counts as the one after it; one that comes twice as the first.
    """
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), hour, zone)
    # As moments: comparing the readings of one zone would take no note of its changes.
    if today.timestamp() >= now.timestamp():
        return today
    return datetime.combine(local.date() + timedelta(days=1), hour, zone)


def zone_named(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of this name; the other for none, and for one that nobody knows (any more)."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (KeyError, ValueError, OSError):
        return otherwise
