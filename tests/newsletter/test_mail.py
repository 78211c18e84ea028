import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.newsletter.headers import Field, mailbox, phrase, unstructured, verify
from publisher.newsletter.issue import Issue
from publisher.newsletter.mail import mail
from publisher.newsletter.render import Rendered
from publisher.settings import Publication
from tests.newsletter.samples import LETTER, POST, card, configured

DATE = datetime(2026, 3, 3, 6, 30, tzinfo=ZoneInfo("Europe/Berlin"))
ISSUE = Issue(DATE.date(), "Subject", "", "The Harbour Post", "", card(0), (), "/newsletter/2026-03-03/", 0)
DONE = Rendered("<!doctype html><p>Grüße</p>\n", "Grüße\n", "", ISSUE)
READER = "reader@example.com"
LEAVE = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]
NAMES = ["From", "To", "Subject", "Date", "Message-ID", *LEAVE, "MIME-Version", "Content-Type"]


def sent(subject: str = "Subject", publication: Publication = POST) -> tuple[bytes, EmailMessage]:
    raw = mail(replace(DONE, issue=replace(ISSUE, subject=subject)), publication, READER, DATE)
    read = message_from_bytes(raw, EmailMessage, policy=policy.default)
    return raw, read


def test_the_mail_is_what_readers_programs_expect() -> None:
    raw, read = sent()
    assert read.keys() == NAMES
    assert read["From"].addresses[0].display_name == "The Harbour Post"
    assert read["To"].addresses[0].addr_spec == READER
    assert read["Date"] == "Tue, 03 Mar 2026 06:30:00 +0100"
    assert read["List-Id"] == '"The Harbour Post" <digest.post.example.org>'
    assert re.fullmatch(r"<[0-9a-f]{32}@post\.example\.org>", read["Message-ID"])
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content() for part in read.iter_parts()] == [
        "Grüße\r\n",
        "<!doctype html><p>Grüße</p>\r\n",
    ]
    assert not read.defects
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_leaving_is_on_one_line_and_by_one_click_only_over_https() -> None:
    far = "https://post.example.org/u/" + "a" * 300
    raw, _ = sent(publication=configured(unsubscribe=far))
    assert (
        f"\r\nList-Unsubscribe: <{far}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode()
        in raw
    )
    _, read = sent(publication=configured(unsubscribe="mailto:leave@example.org"))
    assert read["List-Unsubscribe"] == "<mailto:leave@example.org>"
    assert read["List-Unsubscribe-Post"] is None
    _, read = sent(publication=configured(unsubscribe=""))
    assert read["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "leave",
    ["http://example.org/u", "https://example.org/ü", "https://a.example/>x", "mailto:a\r\nBcc:b@c.d"],
)
def test_a_way_to_leave_that_cannot_stand_in_a_header_is_an_error(leave: str) -> None:
    with pytest.raises(PublishError, match=r"newsletter\] unsubscribe"):
        sent(publication=configured(unsubscribe=leave))


def test_without_sender_the_error_says_which_key_to_set() -> None:
    with pytest.raises(PublishError, match=r"\[tool\.publish\.newsletter\].*set sender = "):
        sent(publication=configured(sender=""))


def test_a_date_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        mail(DONE, POST, READER, DATE.replace(tzinfo=None))


def test_equal_arguments_make_equal_bytes_and_each_reader_has_an_own_id() -> None:
    assert mail(DONE, POST, READER, DATE) == mail(DONE, POST, READER, DATE)
    ids = {
        message_from_bytes(mail(replace(DONE, issue=replace(ISSUE, url=url)), POST, reader, DATE))[
            "Message-ID"
        ]
        for url in ("/newsletter/2026-03-03/", "/newsletter/2026-03-04/")
        for reader in (READER, "other@example.com")
    }
    assert len(ids) == 4


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from('=?utf-8qb0dA:\r\n \t<>",;\\')), max_size=130
) | st.sampled_from(
    [
        "=?utf-8?q?a=0d=0aBcc:_x@example.com?=",
        "=?utf-8?b?YQ0KQmNjOiB4QGV4YW1wbGUuY29t?= x",
        "a\r\nBcc: x@example.com",
        "\u202eabc\u202c",
        "x" * 500,
        "é" * 120,
        "word " * 24,
        "=?",
        '"a, b" <x@example.com>',
    ]
)


@given(HOSTILE, HOSTILE)
def test_no_text_adds_or_changes_a_header(subject: str, name: str) -> None:
    raw, read = sent(subject, configured(sender_name=name))
    assert read.keys() == NAMES
    assert len(read["From"].addresses) == 1
    assert read["From"].addresses[0].addr_spec == LETTER.sender
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 200
    for _, value in read.raw_items():
        assert "\n" not in re.sub(r"\r\n ", " ", value)


def test_an_encoded_word_in_a_title_is_shown_and_not_decoded() -> None:
    trick = "=?utf-8?q?a=0d=0aBcc:x?="
    raw, read = sent(trick)
    assert str(read["Subject"]) == trick
    assert trick.encode() not in raw


def test_a_header_that_was_not_meant_stops_the_mail() -> None:
    wanted = (Field("Subject", "a"),)
    verify(b"Subject: a\r\n\r\nbody", wanted, {"Subject": "a"})
    for raw in (
        b"Subject: a\r\nBcc: x@example.com\r\n\r\nbody",
        b"Subject: b\r\n\r\nbody",
        b"Subject: a\nBcc: x@example.com\r\n\r\nbody",
        b"Subject: \xc3\xa9\r\n\r\nbody",
        b"\r\n\r\nSubject: a",
    ):
        with pytest.raises(PublishError, match="intended"):
            verify(raw, wanted, {"Subject": "a"})


def test_short_ascii_stays_readable_and_all_else_is_encoded() -> None:
    assert unstructured("Subject", "Bridge to stay").value == "Bridge to stay"
    assert unstructured("Subject", "é").value == "=?utf-8?b?w6k=?="
    assert phrase('A "B" \\', "From") == r'"A \"B\" \\"'
    assert phrase("é", "From").startswith("=?utf-8?")


@pytest.mark.parametrize("address", ["a@b.example", "a.b+c@b-c.example.org", "o'neil@example.org"])
def test_addresses_that_pass(address: str) -> None:
    assert mailbox(address, "recipient") == address


def test_a_domain_in_other_letters_becomes_ascii() -> None:
    assert mailbox("a@bücher.example", "recipient") == "a@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.c", "a@", "a@b", "a b@c.de", "a@b.de\r\nBcc: x@y.zz", "a,b@c.de", "<a@b.de>", "ü@b.de",
     "a@b..de", ".a@b.de", "a@-b.de", "=?a?=@b.de", "a@b.de,c@d.ee", "a@[1.2.3.4]", "a" * 65 + "@b.de"],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(PublishError, match="not an e-mail address"):
        mailbox(address, "recipient")
