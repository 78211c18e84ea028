"""A moment in -> how machines read it."""

from datetime import UTC, datetime, timedelta


def rfc3339(moment: datetime) -> str:
    """To the second, with its offset; in UTC where that is not of whole minutes (RFC 3339, section 4.2).

    Zones have such offsets before standard time: Berlin was at +00:53:28 until 1893.
    """
    offset = moment.utcoffset() or timedelta()
    whole = offset % timedelta(minutes=1) == timedelta()
    return (moment if whole else moment.astimezone(UTC)).isoformat(timespec="seconds")
