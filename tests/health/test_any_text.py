"""Whatever stands in DNS, the doctor says something about it and does not stumble."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.health.answers import Answer
from publisher.health.dkim import judge_dkim
from publisher.health.dmarc import judge_alignment, judge_dmarc
from publisher.health.permitted import judge_permitted
from publisher.health.spf import judge_spf
from publisher.newsletter.dkim import Key

KEY = Key("example.org", "news", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
PIECES = [
    "v=",
    "spf1",
    "DMARC1",
    "DKIM1",
    ";",
    " ",
    "p=",
    "none",
    "rua=",
    "mailto:a@b.c",
    ",",
    "!",
    "k=",
    "rsa",
]
PIECES += [
    "AAAA",
    "==",
    "all",
    "+",
    "a",
    "mx",
    ":",
    "/",
    "33",
    "//",
    "129",
    "ip4:",
    "include:",
    "x.example",
    "é",
    "\x00",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40)
RECORDS = st.lists(TEXTS | TEXTS.map("v=spf1 {}".format) | TEXTS.map("v=DMARC1; {}".format), max_size=3)


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_every_record_is_judged(texts: list[str]) -> None:
    def ask(_name: str, kind: str) -> Answer:
        return Answer(tuple(texts)) if kind == "TXT" else Answer()

    for found in (
        judge_spf("example.org", ask),
        judge_dmarc("example.org", ask),
        judge_alignment("example.org", "b.example.org", {"news": "example.org"}, ask),
        judge_dkim(KEY, ask("", "TXT")),
    ):
        assert found
        assert all(each.remedy or each.level == "ok" for each in found)
    judge_permitted("example.org", "192.0.2.1", ask)
