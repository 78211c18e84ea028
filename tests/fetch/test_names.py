"""DNS is asked: a real server on loopback answers, fails, and says nothing."""

import socket
import time

import pytest

from publisher.errors import PublishError
from publisher.fetch.names import Names, own_address
from publisher.health.answers import Answer
from tests.fetch.nameserver import nameserver, txt

LONG = "v=DKIM1; k=rsa; p=" + "A" * 700
RECORDS = {
    "example.org TXT": txt("v=spf1 -all", LONG),
    "example.org MX": ["10 mx.example.org."],
    "mx.example.org A": ["192.0.2.1", "192.0.2.2"],
    "mx.example.org AAAA": ["2001:db8::1"],
    "1.2.0.192.in-addr.arpa PTR": ["mx.example.org."],
}


def test_records_of_all_types() -> None:
    with nameserver(RECORDS) as server:
        ask = Names(2, server.address).ask
        assert sorted(ask("example.org", "TXT").values) == sorted(("v=spf1 -all", LONG))
        assert ask("Example.ORG.", "MX").values == ("10 mx.example.org.",)
        assert sorted(ask("mx.example.org", "A").values) == ["192.0.2.1", "192.0.2.2"]
        assert ask("mx.example.org", "AAAA").values == ("2001:db8::1",)
        assert ask("1.2.0.192.in-addr.arpa", "PTR").values == ("mx.example.org.",)


@pytest.mark.parametrize(
    "name", ["none.example.org", "mx.example.org", "a..b", "x" * 64 + ".org", "y." * 200 + "org"]
)
def test_what_is_not_there_is_no_trouble(name: str) -> None:
    with nameserver(RECORDS) as server:
        assert Names(2, server.address).ask(name, "TXT") == Answer()


def test_each_question_is_asked_once() -> None:
    with nameserver(RECORDS) as server:
        names = Names(2, server.address)
        for _ in range(3):
            names.ask("example.org", "MX")
            names.ask("none.example.org", "MX")
        assert server.asked == ["example.org. MX", "none.example.org. MX"]


def test_a_server_that_fails_is_told() -> None:
    with nameserver(RECORDS) as server:
        found = Names(2, server.address).ask("fails.example.org", "TXT")
    assert found == Answer(trouble="the server failed (SERVFAIL, REFUSED)")


def test_silence_is_waited_for_twice_only() -> None:
    with nameserver(RECORDS) as server:
        ask, begun = Names(0.2, server.address).ask, time.monotonic()
        assert ask("silent.example.org", "TXT").trouble == "no answer in 0.2 seconds"
        for kind in ("MX", "A", "AAAA", "PTR"):
            assert ask("silent.example.org", kind).trouble
        assert time.monotonic() - begun < 2


def test_nobody_is_there() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert Names(0.2, f"127.0.0.1:{port}").ask("example.org", "TXT").trouble


@pytest.mark.parametrize("server", ["dns.example.org", "127.0.0.1:x", "300.1.1.1", ":53", "[::1"])
def test_what_is_no_server(server: str) -> None:
    with pytest.raises(PublishError, match="is no DNS server"):
        Names(1, server)


@pytest.mark.parametrize("server", ["::1", "[::1]:5353", "[::1]", "127.0.0.1", "127.0.0.1:53"])
def test_what_is_one(server: str) -> None:
    Names(1, server)


def test_own_address() -> None:
    assert own_address() == "" or socket.inet_pton(
        socket.AF_INET6 if ":" in own_address() else socket.AF_INET, own_address()
    )
