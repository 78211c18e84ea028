from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.site.dates import rfc3339

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 1, 8, 30, tzinfo=BERLIN), "2026-03-01T08:30:00+01:00"),
        (datetime(1850, 3, 1, tzinfo=BERLIN), "1850-02-28T23:06:32+00:00"),
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00+00:00"),
    ],
)
def test_offsets_are_of_whole_minutes(moment: datetime, text: str) -> None:
    assert rfc3339(moment) == text


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.timezones()))
def test_the_moment_is_the_same(moment: datetime) -> None:
    read = datetime.fromisoformat(rfc3339(moment))
    assert read == moment.astimezone(UTC).replace(microsecond=0)
    assert len(rfc3339(moment)) == len("2026-03-01T00:00:00+00:00")
