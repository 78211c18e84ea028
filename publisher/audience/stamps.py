"""When a form was shown -> a stamp that comes back with it, and back. It cannot be made up."""

import re
from datetime import UTC, datetime

from publisher.audience.keys import Keys

_STAMP = re.compile(r"([0-9a-f]{8,10})\.([a-z0-9])([0-9a-f]{32})")
_PURPOSE = "form"


def make_stamp(keys: Keys, shown: datetime) -> str:
    """The stamp of a form that was shown at this moment (aware, to the second)."""
    seconds = f"{int(shown.timestamp()):08x}"
    return f"{seconds}.{keys.current}{keys.prove(_PURPOSE, seconds.encode()).hex()}"


def read_stamp(keys: Keys, text: str) -> datetime | None:
    """When the form was shown (aware); None for a stamp that we did not make."""
    found = _STAMP.fullmatch(text)
    if not found or not keys.proves(_PURPOSE, found[1].encode(), bytes.fromhex(found[3]), found[2]):
        return None
    return datetime.fromtimestamp(int(found[1], 16), UTC)
