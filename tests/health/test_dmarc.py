"""DMARC records, whose they are, and what passes them."""

import pytest

from publisher.health.answers import Answer
from publisher.health.dmarc import judge_alignment, judge_dmarc
from publisher.health.dmarc_record import walk
from tests.health.zones import Zone, levels, table, told

GOOD = "v=DMARC1; p=none; rua=mailto:dmarc@example.org"
OWN = "_dmarc.example.org TXT"


@pytest.mark.parametrize(
    "zone",
    [
        {OWN: [GOOD]},
        {OWN: ["v=DMARC1;p=reject;rua=mailto:a@example.org,mailto:b@post.example.org!10m;"]},
        {OWN: [GOOD, "some other text"]},
        {OWN: ["v=DMARC1; P=Quarantine ; rua=mailto:d@example.org; sp=none; adkim=s; aspf=r; ri=86400"]},
        {
            OWN: ["v=DMARC1; p=none; rua=mailto:x@reports.example"],
            "example.org._report._dmarc.reports.example TXT": ["v=DMARC1"],
        },
    ],
)
def test_records_that_are_fine(zone: Zone) -> None:
    found = judge_dmarc("example.org", table(zone))
    assert levels(found) == ["ok"], told(found)


@pytest.mark.parametrize(
    ("zone", "level", "part"),
    [
        ({}, "wrong", "there is no DMARC record"),
        ({OWN: ["v=DMARC 1; p=none"]}, "wrong", "is none"),
        ({OWN: ["p=none; v=DMARC1"]}, "wrong", "there is no DMARC record"),
        ({OWN: ["v=dmarc1; p=none"]}, "wrong", "'v=dmarc1; p=none' is none"),
        ({OWN: ["v=DMARC12; p=none"]}, "wrong", "no DMARC record"),
        ({OWN: [GOOD, "v=DMARC1; p=reject"]}, "wrong", "several"),
        ({OWN: ["v=DMARC1; rua=mailto:a@example.org"]}, "wrong", "there is no p="),
        ({OWN: ["v=DMARC1; p=nothing"]}, "wrong", "p= is 'nothing'"),
        ({OWN: ["v=DMARC1; p=reject"]}, "look at", "nobody gets its reports"),
        ({OWN: ["v=DMARC1; p=none; rua=dmarc@example.org"]}, "look at", "gets no reports"),
        ({OWN: ["v=DMARC1; p=none; rua=https://example.org/r"]}, "look at", "gets no reports"),
        ({OWN: ["v=DMARC1; p=none; rua=mailto:x@reports.example"]}, "look at", "does not say that it takes"),
        ({OWN: ["v=DMARC1; p=reject; pct=10; rua=mailto:a@example.org"]}, "look at", "a test"),
        ({OWN: ["v=DMARC1; p=reject; t=y; rua=mailto:a@example.org"]}, "look at", "a test"),
        ({OWN: ...}, "look at", "silence"),
    ],
)
def test_records_that_are_not(zone: Zone, level: str, part: str) -> None:
    found = judge_dmarc("example.org", table(zone))
    assert found[0].level == level
    assert part in told(found)
    assert all(each.remedy for each in found)


def test_a_parents_record_holds_by_its_sp() -> None:
    zone = {OWN: ["v=DMARC1; p=reject; sp=none; rua=mailto:d@example.org"]}
    assert "p=none, by the record of example.org" in told(judge_dmarc("news.example.org", table(zone)))
    assert "p=reject" in told(judge_dmarc("example.org", table(zone)))
    wrong = judge_dmarc("news.example.org", table({OWN: ["v=DMARC1; p=reject; sp=maybe"]}))
    assert levels(wrong) == ["wrong"]


@pytest.mark.parametrize(
    ("zone", "organisation", "holds"),
    [
        ({}, "a.b.example.org", None),
        ({OWN: [GOOD]}, "example.org", "example.org"),
        ({OWN: [GOOD], "_dmarc.b.example.org TXT": [GOOD]}, "example.org", "example.org"),
        ({OWN: [GOOD], "_dmarc.a.b.example.org TXT": [GOOD]}, "example.org", "a.b.example.org"),
        ({OWN: [GOOD], "_dmarc.b.example.org TXT": [f"{GOOD}; psd=n"]}, "b.example.org", "b.example.org"),
        ({"_dmarc.org TXT": ["v=DMARC1; p=none; psd=y"]}, "example.org", "org"),
        ({OWN: [GOOD], "_dmarc.org TXT": ["v=DMARC1; p=none; psd=y"]}, "example.org", "example.org"),
    ],
)
def test_whose_a_domain_is(zone: Zone, organisation: str, holds: str | None) -> None:
    """RFC 9989, section 4.10."""
    walked = walk("a.b.example.org", table(zone))
    assert walked.organisation == organisation
    assert (walked.policy.at if walked.policy else None) == holds


def test_long_names_are_not_walked_label_by_label() -> None:
    asked: list[str] = []

    def ask(name: str, kind: str) -> Answer:
        asked.append(name)
        return table({})(name, kind)

    walk("a.b.c.d.e.f.g.h.i.j.example.org", ask)
    assert asked[0] == "_dmarc.a.b.c.d.e.f.g.h.i.j.example.org"
    assert asked[1] == "_dmarc.f.g.h.i.j.example.org"
    assert asked[-1] == "_dmarc.org"
    assert len(asked) == 8


STRICT = "v=DMARC1; p=none; adkim=s; aspf=s"


@pytest.mark.parametrize(
    ("record", "envelope", "signed", "level"),
    [
        (GOOD, "example.org", {"a": "example.org"}, "ok"),
        (GOOD, "bounces.example.org", {"a": "example.org"}, "ok"),
        (GOOD, "bounces.example.org", {}, "look at"),
        (GOOD, "relay.example", {"a": "example.org"}, "look at"),
        (GOOD, "relay.example", {"a": "relay.example"}, "wrong"),
        (GOOD, "relay.example", {}, "look at"),
        (GOOD, "example.org", {"a": "relay.example"}, "look at"),
        (STRICT, "example.org", {"a": "example.org"}, "ok"),
        (STRICT, "bounces.example.org", {"a": "example.org"}, "look at"),
        (STRICT, "bounces.example.org", {"a": "post.example.org"}, "wrong"),
        ("", "bounces.example.org", {"a": "example.org"}, "look at"),
        (GOOD, "notexample.org", {"a": "notexample.org"}, "wrong"),
    ],
)
def test_alignment(record: str, envelope: str, signed: dict[str, str], level: str) -> None:
    zone = {OWN: [record]} if record else {}
    found = judge_alignment("example.org", envelope, signed, table(zone))
    assert levels(found) == [level], told(found)


def test_alignment_is_not_guessed() -> None:
    assert levels(judge_alignment("example.org", "example.org", {}, table({OWN: ...}))) == ["look at"]
