"""Telling a hub: the form it gets, when it is asked again, and when it is let be."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from publisher.fetch.ask import Asking
from publisher.fetch.hub import Manner, Told, tell
from tests.fetch.hubs import DRIPPING, DROPPED, ENDLESS, HANGING, Hub, Reply, hub

TOPIC = "https://ledger.example.org/section/sea-%26-sky/feed.xml?a=1&b=2"
ASKING = Asking("publish/test (+https://ledger.example.org)", seconds=0.5, private=True)
MANNER = Manner(ASKING, times=3, pause=0.01, patience=2)


@pytest.fixture
def there() -> Iterator[Hub]:
    with hub() as held:
        yield held


def test_the_form_that_hubs_know(there: Hub) -> None:
    assert tell(there.address, TOPIC, MANNER) == Told("taken")
    ((form, headers),) = there.asked
    assert form == {"hub.mode": ["publish"], "hub.url": [TOPIC]}
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["User-Agent"] == ASKING.agent


@pytest.mark.parametrize("reply", [(500, {}), (503, {}), (429, {}), (408, {}), DROPPED, HANGING, DRIPPING])
def test_what_may_pass_is_tried_again(there: Hub, reply: Reply) -> None:
    there.replies = [reply]
    assert tell(there.address, TOPIC, MANNER) == Told("taken")
    assert there.topics == [TOPIC, TOPIC]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ((502, {}), "it answers 502"),
        (DROPPED, "the connection breaks"),
        (HANGING, "no answer in time"),
        (DRIPPING, "no answer in time"),
    ],
)
def test_a_hub_that_stays_down_is_left_for_later(there: Hub, reply: Reply, why: str) -> None:
    there.replies = [reply] * 3
    assert tell(there.address, TOPIC, MANNER) == Told("later", why)
    assert len(there.asked) == 3


def test_an_answer_is_one_however_its_body_ends(there: Hub) -> None:
    there.replies = [ENDLESS]
    assert tell(there.address, TOPIC, MANNER) == Told("taken")
    assert len(there.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_refusal_is_final(there: Hub, status: int) -> None:
    there.replies = [(status, {})]
    assert tell(there.address, TOPIC, MANNER) == Told("refused", f"it answers {status}")
    assert len(there.asked) == 1


def test_a_hub_that_has_moved_is_not_followed(there: Hub) -> None:
    there.replies = [(301, {"Location": "https://hub.example.org/new"})]
    told = tell(there.address, TOPIC, MANNER)
    assert told == Told("refused", "it answers 301, it is at https://hub.example.org/new now")


@pytest.mark.parametrize("as_date", [False, True])
def test_patience_is_given_where_it_is_asked_for(there: Hub, as_date: bool) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    there.replies = [(429, {"Retry-After": moment if as_date else "1"})]
    assert tell(there.address, TOPIC, MANNER) == Told("taken")
    first, second = there.moments
    assert second - first >= 0.9


def test_but_not_without_end(there: Hub) -> None:
    there.replies = [(503, {"Retry-After": "3600"})]
    told = tell(there.address, TOPIC, MANNER)
    assert told == Told("later", "it answers 503 and asks for 3600 seconds of patience")
    assert len(there.asked) == 1


def test_pauses_grow(there: Hub) -> None:
    there.replies = [(500, {})] * 3
    tell(there.address, TOPIC, Manner(ASKING, times=4, pause=0.1))
    pauses = [after - before for before, after in pairwise(there.moments)]
    assert [least <= pause for least, pause in zip((0.1, 0.2, 0.4), pauses, strict=True)] == [True] * 3


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        begun = time.monotonic()
        assert tell(address, TOPIC, MANNER) == Told("later", "the connection is refused")
        assert time.monotonic() - begun < 5
