"""Which issues are sent when nothing or something is asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from publisher.errors import PublishError
from publisher.store.outgoing import Outgoing
from publisher.work.choosing import Asked, choose, newest

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
TODAY = Outgoing(
    id=3,
    newsletter="daily",
    day=date(2026, 11, 21),
    frozen_at=NOW,
    superseded=False,
    enrolled=False,
    mailed=True,
    open=False,
)
YESTERDAY = replace(TODAY, id=2, day=date(2026, 11, 20), frozen_at=NOW - timedelta(days=1))
BEFORE = replace(TODAY, id=1, day=date(2026, 11, 10), frozen_at=NOW - timedelta(days=11))
AGE = timedelta(hours=48)


def chosen(*issues: Outgoing, asked: Asked = Asked()) -> tuple[list[int], list[int]]:  # noqa: B008  (frozen)
    found = choose(issues, asked, NOW, AGE)
    return [each.id for each in found.issues], [each.id for each in found.stale]


def test_the_newest_and_what_was_begun() -> None:
    begun, done = replace(YESTERDAY, enrolled=True, open=True), replace(YESTERDAY, enrolled=True)
    assert chosen(YESTERDAY, TODAY) == ([3], [])
    assert chosen(begun, TODAY) == ([2, 3], [])
    assert chosen(done, TODAY) == ([3], [])
    assert chosen(done, replace(TODAY, enrolled=True)) == ([], [])
    assert chosen() == ([], [])


def test_each_newsletter_for_itself() -> None:
    weekly = replace(TODAY, id=9, newsletter="weekly")
    assert chosen(YESTERDAY, TODAY, weekly) == ([3, 9], [])
    assert chosen(YESTERDAY, TODAY, weekly, asked=Asked("weekly")) == ([9], [])
    with pytest.raises(PublishError, match="no issue of 'other'"):
        chosen(TODAY, asked=Asked("other"))


def test_what_cannot_be_sent() -> None:
    assert chosen(YESTERDAY, replace(TODAY, mailed=False)) == ([2], [])
    assert chosen(replace(TODAY, superseded=True)) == ([], [])
    today = Asked(day=TODAY.day)
    with pytest.raises(PublishError, match="superseded"):
        chosen(replace(TODAY, superseded=True), asked=today)
    with pytest.raises(PublishError, match="no mail"):
        chosen(replace(TODAY, mailed=False), asked=today)
    with pytest.raises(PublishError, match="no issue of 2026-11-21") as caught:
        chosen(YESTERDAY, asked=today)
    assert "2026-11-20" in caught.value.hint
    assert chosen(replace(TODAY, id=8, superseded=True), TODAY, asked=today) == ([3], [])


def test_old_issues_wait_for_a_word() -> None:
    left = replace(BEFORE, enrolled=True, open=True)
    assert chosen(left, TODAY) == ([3], [1])
    assert chosen(left, TODAY, asked=Asked(late=True)) == ([1, 3], [])
    with pytest.raises(PublishError, match="264 hours old"):
        chosen(BEFORE, asked=Asked(day=BEFORE.day))
    assert chosen(BEFORE, asked=Asked(day=BEFORE.day, late=True)) == ([1], [])
    future = replace(TODAY, frozen_at=NOW + timedelta(days=3))
    assert chosen(future) == ([3], [])


def test_one_to_try_out() -> None:
    assert newest([YESTERDAY, TODAY], Asked()).id == 3
    assert newest([YESTERDAY, TODAY], Asked(day=YESTERDAY.day)).id == 2
    with pytest.raises(PublishError, match="no such issue"):
        newest([], Asked())
    with pytest.raises(PublishError, match="which newsletter"):
        newest([TODAY, replace(TODAY, newsletter="weekly")], Asked())
