"""Rates, shares, queues and back-off, with the time as an argument."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.config.rates import read_domain_rates, read_rate
from publisher.post.health import STREAK, Health
from publisher.post.pace import Bucket, Domains, back_off
from publisher.post.queue import Job, Queue
from publisher.post.shares import Shares


@pytest.mark.parametrize(
    ("text", "rate"), [("", 0), ("100/s", 100), ("600 / min", 10), ("3600/hour", 1), ("86400/day", 1)]
)
def test_rates(text: str, rate: float) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["0/s", "-1/s", "x/s", "10", "10/week", "1.5/s", "٣/s"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="no rate"):
        read_rate(text)


def test_rates_of_domains() -> None:
    assert read_domain_rates(("Gmail.com 20/s", "* 60/min")) == {"gmail.com": 20, "*": 1}
    with pytest.raises(ValueError, match="domain and its rate"):
        read_domain_rates(("gmail.com",))


@given(st.floats(0.1, 50), st.lists(st.floats(0, 0.5), max_size=60))
def test_a_bucket_never_gives_more_than_its_rate(rate: float, steps: list[float]) -> None:
    bucket, now, given_out = Bucket(rate, at=0.0), 0.0, 0
    for step in steps:
        now += step
        given_out += bucket.take(now) == 0.0
    assert given_out <= max(1.0, rate) + rate * now + 1e-6


def test_a_bucket_says_when_to_come_again() -> None:
    bucket = Bucket(2.0, at=0.0)
    assert bucket.take(0.0) == 0.0
    wait = bucket.take(0.0)
    assert wait == pytest.approx(0.5)
    assert bucket.take(wait) == 0.0
    assert Bucket(0.0).take(0.0) == 0.0


def test_domains_have_buckets_of_their_own() -> None:
    domains = Domains({"slow.example": 1.0})
    assert domains.take("a@slow.example", 0.0) == 0.0
    assert domains.take("b@SLOW.example", 0.0) > 0.0
    assert domains.take("c@fast.example", 0.0) == 0.0


def test_tries_are_further_and_further_apart() -> None:
    waits = [back_off(n, 0) for n in range(1, 12)]
    assert waits[:3] == [300, 600, 1_200]
    assert all(first <= then for first, then in pairwise(waits))
    assert max(back_off(n, k) for n in range(1, 40) for k in range(100)) <= 4 * 3_600


def test_shares_follow_the_weights() -> None:
    shares = Shares({"a": 3, "b": 1, "spare": 0})
    taken = {"a": 0, "b": 0, "spare": 0}
    for turn in range(4_000):
        name = ("a", "b", "spare")[turn % 3]
        if shares.may(name):
            shares.took(name)
            taken[name] += 1
    assert taken["spare"] == 0
    assert taken["a"] / taken["b"] == pytest.approx(3, rel=0.05)


def test_a_relay_that_is_down_is_stood_in_for() -> None:
    shares = Shares({"a": 1, "spare": 0})
    shares.down("a")
    assert shares.may("spare") and not shares.may("a")
    for _ in range(100):
        shares.took("spare")
    shares.up("a")
    assert shares.may("a") and not shares.may("spare")
    shares.down("a")
    shares.down("spare")
    assert shares.may("a")


def test_a_relay_that_comes_back_is_not_flooded() -> None:
    shares = Shares({"a": 1, "b": 1}, slack=1)
    shares.down("a")
    for _ in range(100):
        shares.took("b")
    shares.up("a")
    assert shares.may("b")


def test_a_queue_hands_out_each_row_once() -> None:
    rows = [Job(1, n) for n in range(1_200)]
    gone: set[Job] = set()
    queue = Queue(lambda most: [row for row in rows if row not in gone][:most])
    seen = []
    while (job := queue.take(0.0)) is not None:
        seen.append(job)
        if len(seen) % 2:
            gone.add(job)
            queue.release(job)
    assert seen == rows
    assert not queue.idle
    for job in rows:
        gone.add(job)
        queue.release(job)
    assert queue.idle


def test_parked_jobs_let_others_pass() -> None:
    queue = Queue(lambda _most: [Job(1, 1), Job(1, 2)])
    first = queue.take(0.0)
    assert first
    queue.park(first, 5.0)
    assert queue.take(0.0) == Job(1, 2)
    assert queue.take(4.9) is None
    assert queue.pausing == 5.0
    assert queue.take(5.0) == first


def test_a_limit_counts_what_was_done() -> None:
    queue = Queue(lambda _most: [Job(1, n) for n in range(10)], limit=2)
    first = queue.take(0.0)
    assert first
    queue.back(first)
    assert queue.take(0.0) and queue.take(0.0)
    assert queue.take(0.0) is None
    assert queue.exhausted


def test_trouble_is_waited_for_longer_and_longer() -> None:
    health = Health()
    waits = []
    now = 0.0
    for _ in range(8):
        health.trouble(now, "down")
        health.trouble(now, "the other connection, too")
        waits.append(health.until - now)
        now = health.until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert health.over(now, 60.0)
    health.fine()
    assert not health.over(now, 0.0)


def test_many_refusals_in_a_row_are_no_accident() -> None:
    health = Health()
    assert [health.refusal("no") for _ in range(STREAK)].count(True) == 1
