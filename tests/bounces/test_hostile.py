"""Whatever arrives, reading it ends soon, keeps little, and raises nothing."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.bounces.legacy import ask_flufl
from publisher.bounces.mime import LIMIT, read_parts
from publisher.bounces.plain import read_plain
from publisher.bounces.read import read_mail
from publisher.bounces.status import judge
from publisher.bounces.verdict import DETAIL, one_line
from tests.bounces.samples import ARF, KEYS, LETTER, OURS, QMAIL, VERP, dsn, plain

SOUND = dsn("5.1.1", "smtp; 550 user unknown")


def nested(levels: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return b"From: MAILER-DAEMON\n" + head + SOUND


def forwarded(levels: int) -> bytes:
    return b"Content-Type: message/rfc822\n\n" * levels + SOUND


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"\0",
    "blank lines": b"\r\n\r\n",
    "no From": SOUND.replace(b"From: MAILER-DAEMON@mx.example.com (Mail Delivery System)\r\n", b""),
    "no header": b"\r\n" + SOUND,
    "100 multiparts deep": nested(100),
    "50,000 multiparts deep": nested(50_000),
    "20,000 mails in mails": forwarded(20_000),
    "no boundary": SOUND.replace(b'\tboundary="4B1D.1772434805/mx.example.com"', b"\tx=y"),
    "empty boundary": SOUND.replace(b'"4B1D.1772434805/mx.example.com"', b'""'),
    "a boundary that never comes": SOUND.replace(b'boundary="4B1D', b'boundary="5C2E'),
    "a boundary that never ends": SOUND.replace(b"--4B1D.1772434805/mx.example.com--", b""),
    "nothing but boundaries": b"Content-Type: multipart/report; boundary=x\n\n" + b"--x\n" * 200_000,
    "unknown charset": plain(QMAIL, head="Content-Type: text/plain; charset=klingon"),
    "a charset that is none": plain(QMAIL, head="Content-Type: text/plain; charset=idna"),
    "another": plain(QMAIL, head="Content-Type: text/plain; charset=unicode_escape"),
    "broken UTF-8": plain(QMAIL).replace(b"permanent", b"perm\xff\xfeanent"),
    "broken base64": plain(QMAIL, head="Content-Transfer-Encoding: base64"),
    "controls in the status": dsn("5.1.1\0\x1b[2J", "smtp; 550 user\x1b[31m unknown"),
    "a long field": b"To: " + b"x" * 2_000_000 + b"\n\n",
    "many fields": b"To: b+1.1.a@x\n" * 100_000,
    "many addresses": b"To: " + (VERP.replace("345", "346") + ", ").encode() * 100_000,
    "many groups": dsn("5.1.1", "x\r\n\r\n" + "Action: failed\r\n\r\n" * 20_000),
    "a long line": plain("permanent error " + "5" * 900_000),
    "spaces": plain("to deliver your message " * 20_000 + "mailbox " * 20_000),
    "many lines of a mail system": plain("\n" * 400_000),
    "no sender for flufl": plain("x", sender="\xfc@ (MAILER-DAEMON"),
    "semicolons": b"Content-Type: multipart/mixed" + b";" * 100_000 + b"\n\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_read_to_its_end(name: str, caplog: pytest.LogCaptureFixture) -> None:
    verdict = read_mail(HOSTILE[name], KEYS)
    assert caplog.records == []
    assert len(verdict.detail) <= DETAIL
    assert verdict.detail.isprintable()
    assert verdict.status.isprintable()


def test_a_mail_of_30_megabytes_is_read_by_its_beginning() -> None:
    huge = SOUND[: SOUND.index(b"--4B1D.1772434805/mx.example.com--")] + b"x" * 30_000_000
    tracemalloc.start()
    try:
        verdict = read_mail(huge, KEYS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (verdict.kind, verdict.returned) == ("hard", OURS)
    assert peak < 12 * LIMIT


def test_a_report_that_was_cut_off_still_counts() -> None:
    cut = SOUND[: SOUND.index(b"Content-Description: Undelivered")]
    assert read_mail(cut, KEYS).kind == "hard"


def test_depth_and_number_of_parts_have_a_limit() -> None:
    deep = read_parts(nested(1_000))
    assert len(deep.parts) <= 60
    assert not deep.whole
    assert read_parts(SOUND).whole


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes(raw: bytes) -> None:
    assert read_mail(raw, KEYS).returned is None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_spoilt_bounce(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([SOUND, ARF, plain(QMAIL)])))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=10)):
        raw[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    verdict = read_mail(bytes(raw[:cut]), KEYS)
    assert verdict.returned in {None, OURS}


@settings(max_examples=100)
@given(st.text(max_size=20), st.text(max_size=100))
def test_any_status_and_words_have_a_kind(status: str, words: str) -> None:
    assert judge(status, words) in {"hard", "soft", "policy"}
    assert one_line(words).isprintable()


def test_flufl_is_asked_last_and_its_faults_are_none() -> None:
    pytest.importorskip("flufl.bounce", reason="flufl.bounce is not installed")
    yale = b"Subject: x\n\nx\n"
    assert ask_flufl(yale, read_parts(yale)) == ""
    assert ask_flufl(b"", read_parts(b"")) == ""


def test_flufl_knows_formats_that_we_do_not() -> None:
    pytest.importorskip("flufl.bounce", reason="flufl.bounce is not installed")
    smail = plain(
        "|---------------------- Message log follows: ----------------------|\n"
        " no valid recipients were found for this message\n"
        "|-------------------- Failed addresses follow: --------------------|\n"
        " ana@example.com ... unknown user\n"
        "|--------------------- Message text follows: ----------------------|\n" + LETTER
    )
    assert read_plain(read_parts(smail)) is None
    verdict = read_mail(smail, KEYS)
    assert (verdict.kind, verdict.returned) == ("hard", OURS)
    assert read_mail(smail.replace(b"MAILER-DAEMON", b"ana"), KEYS).kind == "unknown"
