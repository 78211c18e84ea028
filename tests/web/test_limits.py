"""How many may come, and from where: any sequence of requests stays within the rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.web.limits import NETWORK, WIDE, Limits, Rate, networks


@given(
    burst=st.integers(1, 5),
    seconds=st.floats(0.5, 20),
    pauses=st.lists(st.floats(0, 30), min_size=1, max_size=40),
)
def test_no_more_come_through_than_the_rate_allows(burst: int, seconds: float, pauses: list[float]) -> None:
    limits, rate, now, taken = Limits(), Rate(burst, seconds), 1_000.0, 0
    for pause in pauses:
        now += pause
        wait = limits.take("x", rate, now)
        taken += not wait
        assert 0 <= wait <= seconds
    assert taken <= burst + sum(pauses) / seconds + 1e-6


@given(st.lists(st.floats(0, 10), min_size=1, max_size=20))
def test_who_waits_as_long_as_told_comes_through(pauses: list[float]) -> None:
    limits, rate, now = Limits(), Rate(2, 5.0), 0.0
    for pause in pauses:
        now += pause
        if wait := limits.take("x", rate, now):
            now += wait + 1e-6
            assert limits.take("x", rate, now) == 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("203.0.113.77", (("203.0.113.0/24", NETWORK),)),
        ("::ffff:203.0.113.77", (("203.0.113.0/24", NETWORK),)),
        ("2001:db8:1:2::9", (("2001:db8:1:2::/64", NETWORK), ("2001:db8:1::/48", WIDE))),
        ("fe80::1%eth0", (("fe80::/64", NETWORK), ("fe80::/48", WIDE))),
        ("", (("?", NETWORK),)),
        ("unknown; drop", (("?", NETWORK),)),
    ],
)
def test_a_network_is_what_one_visitor_may_have(host: str, expected: object) -> None:
    assert networks(host) == expected
