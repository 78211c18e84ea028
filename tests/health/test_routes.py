"""Where bounces arrive, and the names of addresses."""

import pytest

from publisher.health.routes import judge_mx, judge_ptr
from tests.health.zones import Zone, levels, table, told

MX = "b.example.org MX"


@pytest.mark.parametrize(
    ("zone", "level", "part"),
    [
        ({MX: ["10 mx.example.org."], "mx.example.org A": ["192.0.2.1"]}, "ok", "mx.example.org"),
        ({MX: ["10 mx.example.org."], "mx.example.org AAAA": ["2001:db8::1"]}, "ok", "mx.example.org"),
        ({MX: ["10 mx.example.org."]}, "wrong", "no address"),
        ({MX: ["10 192.0.2.1."]}, "wrong", "192.0.2.1 has no address"),
        ({MX: ["0 ."]}, "wrong", "takes no mail"),
        ({}, "wrong", "no bounce can arrive"),
        ({"b.example.org A": ["192.0.2.1"]}, "look at", "the domain itself"),
        ({MX: ...}, "look at", "silence"),
        ({MX: ["10 mx.example.org."], "mx.example.org A": ...}, "look at", "silence"),
    ],
)
def test_mx(zone: Zone, level: str, part: str) -> None:
    found = judge_mx("b.example.org", table(zone))
    assert levels(found) == [level]
    assert part in told(found)


NAMED = "1.1.1.1.in-addr.arpa PTR"


@pytest.mark.parametrize(
    ("addresses", "zone", "level", "part"),
    [
        (["1.1.1.1"], {NAMED: ["mail.example.org."], "mail.example.org A": ["1.1.1.1"]}, "ok", "leads back"),
        (["1.1.1.1"], {NAMED: ["mail.example.org."]}, "look at", "does not lead back"),
        (["1.1.1.1"], {}, "look at", "has no name"),
        (["1.1.1.1"], {NAMED: ...}, "look at", "silence"),
        (["10.0.0.1", "fd00::1"], {}, "look at", "no public address"),
        ([], {}, "look at", "no public address"),
    ],
)
def test_ptr(addresses: list[str], zone: Zone, level: str, part: str) -> None:
    found = judge_ptr("relay main", tuple(addresses), table(zone))
    assert levels(found) == [level]
    assert part in told(found)


def test_ptr_in_the_other_internet() -> None:
    address = "2606:4700:4700::1111"
    name = "1.1.1.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.4.0.0.7.4.6.0.6.2.ip6.arpa PTR"
    zone = {name: ["mail.example.org."], "mail.example.org AAAA": ["2606:4700:4700:0::1111"]}
    assert levels(judge_ptr("relay main", (address,), table(zone))) == ["ok"]
