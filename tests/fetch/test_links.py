"""Asking other sites: what counts as alive, how politely it is asked, and whom it never asks."""

import socket
from collections.abc import Iterator

import pytest

from publisher.fetch.ask import Asking
from publisher.fetch.guard import Forbidden, is_public, public_addresses
from publisher.fetch.links import Manner, Verdict, check_all, check_one
from tests.fetch.webs import Web, web

ASKING = Asking("publish/test (+https://ledger.example.org)", seconds=2, private=True)


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as held:
        yield held


@pytest.mark.parametrize(
    ("status", "alive"),
    [
        (200, True),
        (204, True),
        (401, True),
        (403, True),
        (429, True),
        (404, False),
        (410, False),
        (500, False),
    ],
)
def test_what_counts_as_alive(site: Web, status: int, alive: bool) -> None:
    verdict = check_one(site.page("/a", status), ASKING)
    assert (verdict.status, verdict.alive, verdict.moved) == (status, alive, "")


def test_head_comes_first_and_get_where_it_is_not_liked(site: Web) -> None:
    assert check_one(site.page("/fine", 200), ASKING).alive
    site.pages["/odd"] = lambda method: (405 if method == "HEAD" else 200, {})
    assert check_one(f"{site.address}/odd", ASKING).alive
    assert [method for method, _, _ in site.asked] == ["HEAD", "HEAD", "GET"]
    assert {headers["User-Agent"] for _, _, headers in site.asked} == {ASKING.agent}


def test_redirects_are_followed_and_told_when_they_are_for_good(site: Web) -> None:
    last = site.page("/last", 200)
    middle = site.page("/middle", 308, Location="/last")
    assert check_one(site.page("/first", 301, Location=middle), ASKING) == Verdict(200, moved=last)
    assert check_one(site.page("/today", 302, Location=middle), ASKING) == Verdict(200)
    assert "redirects" in check_one(site.page("/round", 301, Location="/round"), ASKING).problem
    assert (
        "not a web address"
        in check_one(site.page("/out", 302, Location="file:///etc/passwd"), ASKING).problem
    )


def test_a_server_that_asks_for_patience_is_given_it(site: Web) -> None:
    answers = [429, 429, 200]
    site.pages["/busy"] = lambda _method: (answers.pop(0), {"Retry-After": "1"})
    assert check_one(f"{site.address}/busy", ASKING) == Verdict(200)


def test_what_goes_wrong_is_named(site: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        quick = Asking("test", seconds=0.2, private=True)
        assert check_one(f"http://127.0.0.1:{silent.getsockname()[1]}/", quick).problem == "no answer in time"
        port = silent.getsockname()[1]
    assert check_one(f"http://127.0.0.1:{port}/", ASKING).problem == "the connection is refused"
    assert check_one(site.page("/broken", 0), ASKING).status == 0
    assert "secure" in check_one(site.address.replace("http:", "https:"), ASKING).problem


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104 - nobody listens there
        *(
            "::1",
            "fe80::1%eth0",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "224.0.0.1",
        ),
    ],
)
def test_addresses_of_our_own_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_private_machines_are_never_asked(site: Web, host: str) -> None:
    port = site.address.rpartition(":")[2]
    verdict = check_one(f"http://{host}:{port}/", Asking("test", seconds=2))
    assert verdict == Verdict(0, "it leads into a private network")
    with pytest.raises(Forbidden):
        public_addresses(host, int(port))
    assert site.asked == []


def test_one_host_is_asked_by_one_and_several_at_the_same_time(site: Web) -> None:
    with web() as other:
        urls = [each.page(f"/{number}", 200) for each in (site, other) for number in range(5)]
        found: dict[str, Verdict] = {}
        check_all(urls, Manner(ASKING, apart=0.01), found.__setitem__)
    assert found == {url: Verdict(200) for url in urls}
    assert (site.most_at_once, other.most_at_once) == (1, 1)
    assert (len(site.asked), len(other.asked)) == (5, 5)
