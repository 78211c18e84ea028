"""Dates as authors write them -> datetimes; dates in file names. Nothing is guessed from the clock."""

import re
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, TypeVar

from publisher.lazily import lazily

if TYPE_CHECKING:
    from email import utils as mail
else:
    mail = lazily("email.utils")

D = TypeVar("D", bound=date)

_NAME = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<dash>[-_.]?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)(?!\d)[-_. ]*"
)
_SHORT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$")
_EARLIEST, _LATEST = 1000, 9000


def parse_date(text: str) -> datetime:
    """ISO 8601 (RFC 3339), `2026-3-1 9:30` or RFC 822 -> datetime, naive where the text names no zone.

    Raises ValueError with a sentence that says what is wrong.
    """
    moment = _iso(text.strip()) or _short(text.strip()) or _mail(text.strip())
    if moment is None:
        raise ValueError(f"{text!r} is not a date; write 2026-11-20 or 2026-11-20T09:30:00+01:00")
    return within_years(moment)


def within_years(moment: D) -> D:
    """The same, if every zone and format can carry it. Raises ValueError where not."""
    if not _EARLIEST <= moment.year <= _LATEST:
        raise ValueError(f"{moment.isoformat()!r} is outside the years {_EARLIEST} to {_LATEST}")
    return moment


def date_in_name(name: str) -> tuple[datetime | None, str]:
    """`2026-11-20-ferry` -> (2026-11-20 00:00, `ferry`); a name without date comes back as it is.

    Raises ValueError where the name begins with a dashed date that does not exist.
    """
    found = _NAME.match(name)
    if not found:
        return None, name
    try:
        day = datetime(int(found["year"]), int(found["month"]), int(found["day"]))  # noqa: DTZ001 (naive)
    except ValueError:
        if found["dash"]:
            raise ValueError(
                f"the file name begins with {found[0].strip('-_. ')}, which is no date"
            ) from None
        return None, name
    return day, name[found.end() :]


def in_zone(moment: datetime | date, zone: tzinfo) -> datetime:
    """A date or a naive time read in `zone`; an aware time stays what it is."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _short(text: str) -> datetime | None:
    if not (found := _SHORT.match(text)):
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError as error:
        raise ValueError(f"{text!r} does not exist: {error}") from None


def _mail(text: str) -> datetime | None:
    try:
        return mail.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
