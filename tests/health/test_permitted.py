"""Whether an address may send for a domain: RFC 7208, section 4."""

import pytest

from publisher.health.permitted import judge_permitted
from tests.health.zones import Zone, levels, table, told

OWN = "example.org TXT"
NAMES: Zone = {
    "in.example TXT": ["v=spf1 ip4:192.0.2.0/24 -all"],
    "out.example TXT": ["v=spf1 -all"],
    "mail.example.org A": ["192.0.2.10"],
    "mail.example.org AAAA": ["2001:db8::10"],
    "example.org MX": ["10 mail.example.org."],
    "example.org A": ["198.51.100.1"],
    "loop.example TXT": ["v=spf1 include:loop.example -all"],
}


@pytest.mark.parametrize(
    ("text", "address", "expected"),
    [
        ("v=spf1 ip4:192.0.2.10 -all", "192.0.2.10", ["ok"]),
        ("v=spf1 ip4:192.0.2.10 -all", "192.0.2.11", ["wrong"]),
        ("v=spf1 ip4:192.0.2.10 ~all", "192.0.2.11", ["wrong"]),
        ("v=spf1 ip4:192.0.2.10", "192.0.2.11", ["wrong"]),
        ("v=spf1 -ip4:192.0.2.10 ip4:192.0.2.0/24 -all", "192.0.2.10", ["wrong"]),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1", ["ok"]),
        ("v=spf1 ip6:2001:db8::/32 -all", "192.0.2.10", ["wrong"]),
        ("v=spf1 mx -all", "192.0.2.10", ["ok"]),
        ("v=spf1 mx -all", "2001:db8::10", ["ok"]),
        ("v=spf1 mx//64 -all", "2001:db8::99", ["ok"]),
        ("v=spf1 a:mail.example.org/28 -all", "192.0.2.15", ["ok"]),
        ("v=spf1 a:mail.example.org/28 -all", "192.0.2.16", ["wrong"]),
        ("v=spf1 a -all", "198.51.100.1", ["ok"]),
        ("v=spf1 include:in.example -all", "192.0.2.99", ["ok"]),
        ("v=spf1 include:out.example ip4:192.0.2.99 -all", "192.0.2.99", ["ok"]),
        ("v=spf1 redirect=in.example", "192.0.2.99", ["ok"]),
        ("v=spf1 redirect=out.example", "192.0.2.99", ["wrong"]),
        ("v=spf1 include:nowhere.example -all", "192.0.2.99", []),
        ("v=spf1 include:loop.example -all", "192.0.2.99", []),
        ("v=spf1 exists:%{i}.example.org -all", "192.0.2.99", []),
        ("v=spf1 a/33 -all", "192.0.2.99", []),
        ("v=spf1 -all", "192.0.2.99", ["wrong"]),
        ("nothing", "192.0.2.99", []),
    ],
)
def test_addresses(text: str, address: str, expected: list[str]) -> None:
    found = judge_permitted("example.org", address, table({**NAMES, OWN: [text]}))
    assert levels(found) == expected, told(found)


def test_without_an_answer() -> None:
    assert levels(judge_permitted("example.org", "192.0.2.1", table({OWN: ...}))) == ["look at"]
