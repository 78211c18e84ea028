"""SPF records as people publish them, and as RFC 7208 means them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.health.spf import judge_spf
from publisher.health.spf_record import read_spf, spf_texts
from tests.health.zones import Zone, levels, table, told

OWN = "example.org TXT"


@pytest.mark.parametrize(
    "text",
    [
        "v=spf1 ip4:192.0.2.0/24 -all",
        "v=spf1 ip4:192.0.2.7 ip6:2001:db8::/32 ip6:2001:db8::1 ~all",
        "V=SPF1 IP4:192.0.2.1 -ALL",
        "v=spf1  ip4:192.0.2.1   -all ",
        "v=spf1 -all",
        "v=spf1 a:mail.example.org/28//64 mx/30 -all",
        "v=spf1 include:_spf.relay.example -all",
        "v=spf1 redirect=_spf.relay.example",
        "v=spf1 exists:%{i}._spf.%{d2} -all",
        "v=spf1 include:%{ir}.%{v}._spf.example.org -all",
        "v=spf1 exp=why.example.org unknown=value ip4:192.0.2.1 -all",
        "v=spf1 ip4:192.0.2.1 -all include:nowhere.example",
    ],
)
def test_records_that_are_fine(text: str) -> None:
    names = {
        "mail.example.org A": ["192.0.2.1"],
        "example.org MX": ["10 mail.example.org."],
        "_spf.relay.example TXT": ["v=spf1 ip4:198.51.100.0/24 -all"],
    }
    found = judge_spf("example.org", table({OWN: [text], **names}))
    assert levels(found) == ["ok"], told(found)


@pytest.mark.parametrize(
    ("texts", "level", "part"),
    [
        ([], "wrong", "there is no SPF record"),
        (["google-site-verification=x"], "wrong", "there is no SPF record"),
        (["spf1 include:x.example -all"], "wrong", "'spf1 include:x.example -all' is none"),
        (["v=spf10 -all"], "wrong", "there is no SPF record"),
        (["v=spf1;-all"], "wrong", "there is no SPF record"),
        (["v=spf1 -all", "v=spf1 a -all"], "wrong", "2 SPF records"),
        (["v=spf1 +all"], "wrong", "whole world"),
        (["v=spf1 all"], "wrong", "whole world"),
        (["v=spf1 ?all"], "look at", "keeps nobody out"),
        (["v=spf1 ip4:192.0.2.1"], "look at", "it has no end"),
        (["v=spf1 ip4:192.0.2.300 -all"], "wrong", "names no network"),
        (["v=spf1 ip4:192.0.2.0/33 -all"], "wrong", "names no network"),
        (["v=spf1 ip6:192.0.2.1 -all"], "wrong", "names no network"),
        (["v=spf1 ip4 -all"], "wrong", "no mechanism"),
        (["v=spf1 include -all"], "wrong", "names no domain"),
        (["v=spf1 include: -all"], "wrong", "names no domain"),
        (["v=spf1 include:localhost -all"], "wrong", "names no domain"),
        (["v=spf1 includes:x.example -all"], "wrong", "no mechanism"),
        (["v=spf1 a,mx -all"], "wrong", "no mechanism"),
        (["v=spf1 all:x.example"], "wrong", "no mechanism"),
        (["v=spf1 redirect=x.example redirect=y.example"], "wrong", "twice"),
        (["v=spf1 redirect= -all"], "wrong", "names no domain"),
        (["v=spf1 include:gone.example -all"], "wrong", "gone.example has no SPF record"),
        (["v=spf1 redirect=gone.example"], "wrong", "gone.example has no SPF record"),
        (["v=spf1 include:two.example -all"], "wrong", "two.example has 2 SPF records"),
        (["v=spf1 include:bad.example -all"], "wrong", "bad.example cannot be read"),
        (["v=spf1 ptr -all"], "look at", "ptr"),
        (["v=spf1 a:gone.example -all"], "look at", "gone.example has no A or AAAA"),
        (["v=spf1 a:g1.example a:g2.example mx:g3.example -all"], "wrong", "3 of its names do not exist"),
        (["v=spf1 mx:many.example -all"], "wrong", "11 hosts"),
        (["v=spf1 include:silent.example -all"], "look at", "no answer about silent.example"),
    ],
)
def test_records_that_are_not(texts: list[str], level: str, part: str) -> None:
    others: Zone = {
        "two.example TXT": ["v=spf1 -all", "v=spf1 ~all"],
        "bad.example TXT": ["v=spf1 ipv4:192.0.2.1"],
        "many.example MX": [f"10 m{n}.example." for n in range(11)],
        "silent.example TXT": ...,
    }
    found = judge_spf("example.org", table({OWN: texts, **others}))
    assert found[0].level == level, told(found)
    assert part in told(found)
    assert all(each.remedy for each in found)


@pytest.mark.parametrize(("deep", "level"), [(10, "ok"), (11, "wrong"), (60, "wrong")])
def test_lookups_are_counted_through_all_includes(deep: int, level: str) -> None:
    chain = {f"i{n}.example TXT": [f"v=spf1 include:i{n + 1}.example -all"] for n in range(1, deep)}
    chain |= {OWN: ["v=spf1 include:i1.example -all"], f"i{deep}.example TXT": ["v=spf1 -all"]}
    found = judge_spf("example.org", table(chain))
    assert levels(found) == [level], told(found)


def test_lookups_of_all_kinds_count() -> None:
    text = "v=spf1 a mx ptr exists:e.example.org include:i.example redirect=i.example"
    names = {
        "example.org A": ["192.0.2.1"],
        "example.org MX": ["1 m.example."],
        "i.example TXT": ["v=spf1 a"],
    }
    seen = judge_spf("example.org", table({OWN: [text], **names, "i.example A": ["192.0.2.2"]}))
    assert "8 lookups" not in told(seen)
    more = "v=spf1 " + " ".join(f"exists:{n}.example.org" for n in range(12)) + " -all"
    assert "12 lookups" in told(judge_spf("example.org", table({OWN: [more]})))


def test_a_circle_of_includes_ends() -> None:
    found = judge_spf("example.org", table({OWN: ["v=spf1 include:example.org -all"]}))
    assert "give up after 10" in told(found)


def test_nobody_knows_without_an_answer() -> None:
    assert levels(judge_spf("example.org", table({OWN: ...}))) == ["look at"]


def test_a_domain_on_no_envelope_may_do_without() -> None:
    assert levels(judge_spf("example.org", table({}), needed=False)) == ["look at"]


@given(
    st.lists(st.sampled_from(["a", "mx", "-all", "include:", "ip4:1.2.3.4/8", "=", "%{i}", ":", "//", "é"]))
)
def test_any_text_is_read_or_refused(words: list[str]) -> None:
    text = "v=spf1 " + " ".join(words)
    assert spf_texts((text,))
    try:
        read_spf(text)
    except ValueError as error:
        assert str(error)
    assert judge_spf("example.org", table({OWN: [text]}))
