"""Whether mail to a domain can arrive, asked of a real name server on loopback."""

import pytest

from publisher.fetch.mailhosts import MailHosts
from publisher.fetch.names import Names
from tests.fetch.nameserver import NameServer, nameserver

RECORDS = {
    "mx.example.org MX": ["10 mail.example.net."],
    "two.example.org MX": ["0 .", "10 mail.example.net."],
    "null.example.org MX": ["0 ."],
    "host.example.org A": ["192.0.2.1"],
    "six.example.org AAAA": ["2001:db8::1"],
    "text.example.org TXT": ['"no host"'],
}


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def hosts(server: NameServer, clock: Clock) -> MailHosts:
    return MailHosts(lambda: Names(0.3, server.address), clock)


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("mx.example.org", True),
        ("two.example.org", True),
        ("host.example.org", True),
        ("six.example.org", True),
        ("null.example.org", False),
        ("text.example.org", False),
        ("nowhere.example.org", False),
        ("fails.example.org", True),
        ("silent.example.org", True),
        ("a..b", False),
    ],
)
def test_what_certainly_takes_no_mail(domain: str, expected: bool) -> None:
    with nameserver(RECORDS) as server:
        assert hosts(server, Clock()).takes_mail(domain) is expected


def test_a_domain_is_asked_for_once_an_hour() -> None:
    with nameserver(RECORDS) as server:
        clock = Clock()
        asking = hosts(server, clock)
        assert [asking.takes_mail("null.example.org") for _ in range(3)] == [False] * 3
        assert server.asked == ["null.example.org. MX"]
        clock.now += 3_601
        assert not asking.takes_mail("null.example.org")
        assert len(server.asked) == 2


def test_a_server_that_does_not_answer_is_left_alone_for_a_minute() -> None:
    """Sign-ups wait meanwhile, and trouble of ours is no reason to refuse anybody."""
    clock = Clock()

    def slow() -> Names:
        clock.now += 5
        return Names(0.3, server.address)

    with nameserver(RECORDS) as server:
        asking = MailHosts(slow, clock)
        assert not asking.takes_mail("null.example.org")
        assert asking.takes_mail("nowhere.example.org")
        assert server.asked == ["null.example.org. MX"]
        assert not asking.takes_mail("null.example.org")
        clock.now += 61
        assert not asking.takes_mail("nowhere.example.org")
