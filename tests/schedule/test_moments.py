"""One moment for each local day, whatever the clock does that night."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.schedule.moments import coming, day_due, moment_of

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata")
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T02:30:00+02:00"),
        ("America/New_York", date(2027, 3, 14), time(2, 0), "2027-03-14T03:00:00-04:00"),
        ("America/New_York", date(2027, 11, 7), time(1, 59), "2027-11-07T01:59:00-04:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), "2027-10-03T02:30:00+11:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-04T01:45:00+11:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(6, 0), "2011-12-31T00:00:00+14:00"),
    ],
)
def test_nights_on_which_the_clock_changes(zone: str, day: date, at: time, moment: str) -> None:
    assert moment_of(day, at, ZoneInfo(zone)).isoformat() == moment


@given(zone=zones, at=times, start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)))
@settings(max_examples=20)
def test_every_local_day_has_its_moment_and_only_one(zone: ZoneInfo, at: time, start: datetime) -> None:
    after = start.replace(tzinfo=UTC)
    moments = list(islice(coming(after, at, zone), 40))
    days = [moment.date() for moment in moments]
    assert days == [days[0] + timedelta(days=number) for number in range(40)]
    assert moments[0] > after
    assert all(later.astimezone(UTC) > earlier.astimezone(UTC) for earlier, later in pairwise(moments))


@given(zone=zones, at=times, start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)))
@settings(max_examples=12)
def test_an_hourly_question_runs_once_a_day(zone: ZoneInfo, at: time, start: datetime) -> None:
    done, runs = None, []
    for hour in range(24 * 12):
        now = start.replace(tzinfo=UTC) + timedelta(hours=hour, minutes=at.minute)
        if (day := day_due(now, at, zone)) != done:
            done = day
            runs.append(day)
            assert now - moment_of(day, at, zone) < timedelta(hours=1) or len(runs) == 1
    assert len(set(runs)) == len(runs)
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(runs))
    assert len(runs) >= 12
