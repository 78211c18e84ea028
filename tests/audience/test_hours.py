"""The hour at a reader's place, through clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from publisher.audience.hours import next_hour, zone_named

BERLIN, SEVEN = ZoneInfo("Europe/Berlin"), time(7)


def test_the_next_time_that_clocks_show_it() -> None:
    assert (
        next_hour(datetime(2026, 11, 21, 5, tzinfo=UTC), SEVEN, BERLIN).isoformat()
        == "2026-11-21T07:00:00+01:00"
    )
    assert (
        next_hour(datetime(2026, 11, 21, 6, tzinfo=UTC), SEVEN, BERLIN).isoformat()
        == "2026-11-21T07:00:00+01:00"
    )
    assert (
        next_hour(datetime(2026, 11, 21, 7, tzinfo=UTC), SEVEN, BERLIN).isoformat()
        == "2026-11-22T07:00:00+01:00"
    )


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_it_is_never_past_and_never_further_than_a_day_and_a_change(
    now: datetime, hour: time, name: str
) -> None:
    found = next_hour(now, hour, ZoneInfo(name)).astimezone(UTC)
    assert timedelta(0) <= found - now <= timedelta(hours=26)


def test_zones_that_nobody_knows() -> None:
    assert zone_named("Asia/Tokyo", BERLIN).key == "Asia/Tokyo"
    for name in ("", "Nowhere/Atall", "../etc/passwd", "\0", "x" * 5_000):
        assert zone_named(name, BERLIN) is BERLIN
