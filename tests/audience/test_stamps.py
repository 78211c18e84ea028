"""The stamp of a form says when it was shown, and cannot be made up."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from publisher.audience.keys import Keys
from publisher.audience.stamps import make_stamp, read_stamp

KEYS = Keys("a", {"a": bytes(range(32)), "b": bytes(32)})
moments = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(moments)
def test_a_stamp_is_read_back(moment: datetime) -> None:
    assert read_stamp(KEYS, make_stamp(KEYS, moment)) == moment.replace(microsecond=0)
    later = Keys("b", KEYS.secrets)
    assert read_stamp(later, make_stamp(KEYS, moment)) == moment.replace(microsecond=0)


@given(moments, st.integers(0, 40), st.sampled_from("0aZ.٣ "))
def test_a_changed_stamp_is_none(moment: datetime, place: int, other: str) -> None:
    stamp = make_stamp(KEYS, moment)
    changed = stamp[:place] + other + stamp[place + 1 :]
    assert changed == stamp or read_stamp(KEYS, changed) is None


@given(st.text(max_size=50))
def test_what_we_did_not_make_is_none(text: str) -> None:
    assert read_stamp(KEYS, text) is None
