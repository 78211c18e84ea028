from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from publisher.content.dates import date_in_name, in_zone, parse_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20)),
        ("2026-3-1 9:30", datetime(2026, 3, 1, 9, 30)),
        ("2026/03/01", datetime(2026, 3, 1)),
        ("2026-11-20T09:30:00Z", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        ("2026-11-20 09:30+01:00", datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("Fri, 20 Nov 2026 09:30:00 +0000", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
    ],
)
def test_dates_as_people_write_them(text: str, moment: datetime) -> None:
    assert parse_date(text) == moment


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "tomorrow", "", "12", "9999-12-31", "0999-01-01"]
)
def test_what_is_no_date_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|exist|outside"):
        parse_date(text)


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("2026-11-20-ferry", datetime(2026, 11, 20), "ferry"),
        ("2026_11_20_ferry", datetime(2026, 11, 20), "ferry"),
        ("20261120", datetime(2026, 11, 20), ""),
        ("ferry-2026-11-20", None, "ferry-2026-11-20"),
        ("12345678-ferry", None, "12345678-ferry"),
        ("20261399", None, "20261399"),
    ],
)
def test_dates_in_file_names(name: str, day: datetime | None, rest: str) -> None:
    assert date_in_name(name) == (day, rest)


def test_an_impossible_date_in_a_file_name_is_named() -> None:
    with pytest.raises(ValueError, match="2026-02-30"):
        date_in_name("2026-02-30-ferry")


def test_only_naive_times_take_the_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert in_zone(datetime(2026, 7, 1), berlin).utcoffset() == timedelta(hours=2)
    assert in_zone(datetime(2026, 7, 1, tzinfo=UTC), berlin).utcoffset() == timedelta(0)
