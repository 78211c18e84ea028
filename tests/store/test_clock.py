"""The clock."""

from datetime import UTC, timedelta

from publisher.store.clock import now


def test_now_is_aware_and_does_not_go_back() -> None:
    first, second = now(), now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= second - first < timedelta(minutes=1)
