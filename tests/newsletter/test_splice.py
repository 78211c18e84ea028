import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.keys import Keys
from publisher.audience.tokens import make_token
from publisher.errors import PublishError
from publisher.newsletter import marks as wire
from publisher.newsletter.editions import editions
from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import Issue
from publisher.newsletter.leaving import ways
from publisher.newsletter.mail import assemble
from publisher.newsletter.marks import marks
from publisher.newsletter.render import Rendered
from publisher.newsletter.splice import Reader, message_id, specimen, splice
from publisher.settings import Publication
from tests.newsletter.samples import POST, WEB, card, configured

DATE = datetime(2026, 3, 3, 6, 30, tzinfo=ZoneInfo("Europe/Berlin"))
ISSUE = Issue(
    DATE.date(),
    "Subject",
    "",
    "The Harbour Post",
    "",
    card(0),
    (),
    "/newsletter/2026-03-03/",
    0,
    editions(POST)[0],
)
OF = marks("what the issue says")
KEYS = Keys("b", {"a": b"a" * 32, "b": b"b" * 32})
READER = Reader(
    "reader@example.com",
    make_token(KEYS, "unsubscribe", 7, DATE),
    message_id(KEYS, 3, 7, "post.example.org"),
    DATE,
    make_token(KEYS, "preferences", 7, DATE),
)
LEAVE = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]
NAMES = ["From", "To", "Subject", "Date", "Message-ID", *LEAVE, "MIME-Version", "Content-Type"]


def rendered(publication: Publication = WEB, subject: str = "Subject") -> Rendered:
    found = ways(publication, publication.newsletter.unsubscribe, OF)
    links = f"{found.unsubscribe}\n{found.preferences}\n"
    return Rendered(
        f'<!doctype html><p>Grüße</p><a href="{found.unsubscribe}">Leave</a>\n',
        f"Grüße\n{links}",
        "",
        replace(ISSUE, subject=subject, edition=editions(publication)[0]),
        found,
        OF,
    )


def sent(subject: str = "Subject", publication: Publication = WEB, reader: Reader = READER) -> bytes:
    return splice(freeze(rendered(publication, subject), publication), reader)


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, EmailMessage, policy=policy.default)


def test_the_mail_is_what_readers_programs_expect() -> None:
    raw = sent()
    mail = read(raw)
    assert mail.keys() == NAMES
    assert mail["From"].addresses[0].display_name == "The Harbour Post"
    assert mail["To"].addresses[0].addr_spec == READER.address
    assert mail["Date"] == "Tue, 03 Mar 2026 06:30:00 +0100"
    assert mail["List-Id"] == '"The Harbour Post" <daily.post.example.org>'
    assert mail["Message-ID"] == READER.message_id
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_content() for part in mail.iter_parts())
    leave = f"https://news.example.org/u/{READER.token}"
    assert plain == f"Grüße\r\n{leave}\r\nhttps://news.example.org/p/{READER.preferences}\r\n"
    assert f'href="{leave}"' in html
    assert not mail.defects
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_leaving_is_on_one_line_with_the_readers_token_and_by_one_click() -> None:
    leave = f"List-Unsubscribe: <https://news.example.org/u/{READER.token}>\r\n"
    assert f"\r\n{leave}List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode() in sent()
    far = "https://lists.example.org/" + "a" * 300 + "?t={token}&l=1"
    raw = sent(publication=configured(unsubscribe=far))
    assert f"\r\nList-Unsubscribe: <{far.replace('{token}', READER.token)}>\r\nList-Unsub".encode() in raw
    both = replace(WEB, newsletter=replace(WEB.newsletter, unsubscribe="mailto:leave@example.org"))
    assert read(sent(publication=both))["List-Unsubscribe"].endswith(">, <mailto:leave@example.org>")


def test_one_click_is_not_promised_where_the_address_does_not_tell_who_clicks() -> None:
    for leave in ("mailto:leave@example.org", "https://post.example.org/leave"):
        mail = read(sent(publication=configured(unsubscribe=leave)))
        assert mail["List-Unsubscribe"] == f"<{leave}>"
        assert mail["List-Unsubscribe-Post"] is None


def test_a_mail_without_a_way_to_leave_is_for_looking_at_only() -> None:
    nothing = configured(unsubscribe="")
    with pytest.raises(PublishError, match=r"without a way to leave is not sent \(set \[web\] url"):
        freeze(rendered(nothing), nothing)
    raw = splice(freeze(rendered(nothing), nothing, preview=True), READER)
    assert read(raw)["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "leave",
    ["http://example.org/u", "https://example.org/ü", "https://a.example/>x", "mailto:a\r\nBcc:b@c.d"],
)
def test_a_way_to_leave_that_cannot_stand_in_a_header_is_an_error(leave: str) -> None:
    with pytest.raises(PublishError, match=r"newsletter\] unsubscribe"):
        sent(publication=configured(unsubscribe=leave))


def test_links_of_mails_need_tls() -> None:
    with pytest.raises(PublishError, match=r"\[web\] url: 'http://news.* cannot stand in a mail"):
        sent(publication=replace(WEB, web=replace(WEB.web, url="http://news.example.org")))


def test_without_sender_or_list_id_the_error_says_which_key_to_set() -> None:
    with pytest.raises(PublishError, match=r"\[newsletter\].*set sender = "):
        sent(publication=configured(sender=""))
    with pytest.raises(PublishError, match="no List-Id"):
        freeze(replace(rendered(), issue=replace(ISSUE, edition=replace(ISSUE.edition, list_id="x"))), WEB)


TOKENS = st.text("ABCXYZabcxyz0189-_", min_size=36, max_size=36)
LOCALS = st.from_regex(r"[a-z0-9!#$%&'*+/?^_`{|}~.-]{1,20}", fullmatch=True).filter(
    lambda text: not re.search(r"^\.|\.$|\.\.", text)
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


@given(LOCALS, TOKENS, TOKENS, MOMENTS, st.integers(1, 2**40))
def test_splicing_is_as_if_it_had_been_made_for_that_reader(
    local: str, token: str, other: str, date: datetime, number: int
) -> None:
    reader = Reader(f"{local}@example.com", token, message_id(KEYS, number, 7, "example.org"), date, other)
    frozen = rendered()
    raw = splice(freeze(frozen, WEB), reader)
    own = {OF.unsubscribe: token, OF.preferences: other}
    direct = assemble(
        replace(
            frozen,
            html=_filled(frozen.html, own),
            text=_filled(frozen.text, own),
            ways=replace(
                frozen.ways,
                unsubscribe=_filled(frozen.ways.unsubscribe, own),
                preferences=_filled(frozen.ways.preferences, own),
            ),
        ),
        WEB,
    )
    assert [part.get_content() for part in read(raw).iter_parts()] == [
        part.get_content() for part in read(direct.message).iter_parts()
    ]
    wanted = {field.name: field.value for field in direct.fields}
    wanted |= {"To": f"<{reader.address}>", "Message-ID": reader.message_id}
    wanted["Date"] = date.strftime("%a, %d %b %Y %H:%M:%S +0000")
    wanted["Content-Type"] = read(raw)["Content-Type"]
    assert message_from_bytes(raw).items() == list(wanted.items())
    assert raw.isascii()


def _filled(text: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def test_no_line_grows_by_splicing() -> None:
    frozen = freeze(rendered(), WEB)
    body, own = (raw.partition(b"\r\n\r\n")[2].split(b"\r\n") for raw in (frozen, splice(frozen, READER)))
    assert [len(line) for line in body] == [len(line) for line in own]
    assert max(map(len, own)) <= 76


@settings(deadline=None)
@given(
    st.binary(max_size=40) | st.sampled_from([wire.UNSUBSCRIBE, wire.ADDRESS, wire.DATE, wire.PREFERENCES])
)
def test_no_content_makes_a_mark(bytes_of_it: bytes) -> None:
    hostile = bytes_of_it.decode("latin-1") + "".join(map(chr, range(0xF5, 0x100)))
    issue = replace(rendered(subject=hostile), text=hostile, html=hostile)
    with pytest.raises(PublishError, match="no way to leave in its mail"):
        freeze(issue, WEB)
    raw = splice(freeze(issue, WEB, preview=True), READER)
    plain = next(read(raw).iter_parts()).get_content()
    assert plain.replace("\r\n", "\n") == hostile.replace("\r\n", "\n").replace("\r", "\n")
    assert read(raw).keys() == NAMES


def test_marks_depend_on_all_that_is_said() -> None:
    assert marks("a") == marks("a")
    found = {
        each
        for text in ("a", "b", OF.unsubscribe)
        for each in (marks(text).unsubscribe, marks(text).preferences)
    }
    assert len(found) == 6
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{36}", each) for each in found)


def test_equal_arguments_make_equal_bytes() -> None:
    assert freeze(rendered(), WEB) == freeze(rendered(), WEB)
    assert sent() == sent()


def test_a_message_id_is_of_one_issue_and_reader_and_outlives_a_new_key() -> None:
    made = {message_id(KEYS, issue, reader, "x.example") for issue in (1, 2, 11) for reader in (1, 2, 12)}
    assert len(made) == 9
    assert all(re.fullmatch(r"<[0-9a-f]{8}(\.[0-9a-f]{8}){3}@x\.example>", each) for each in made)
    newer = Keys("c", {**KEYS.secrets, "c": b"c" * 32})
    assert message_id(newer, 3, 7, "post.example.org") == READER.message_id


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nBcc: x@example.com", "a\n@b.example", "<a@b.example>", "a@b.example>", "a\x00@b.example",
     "a b@b.example", "a,b@c.example", "", "a", "a\u202e@b.example", "a@b\u2028.example", "\udc80@b.example"],
)  # fmt: skip
def test_an_address_that_says_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(PublishError, match="not an e-mail address"):
        sent(reader=replace(READER, address=address))


def test_addresses_of_all_scripts_are_written_as_servers_take_them() -> None:
    raw = sent(reader=replace(READER, address="leser@straße.example"))
    assert b"\r\nTo: <leser@xn--strae-oqa.example>\r\n" in raw
    raw = sent(reader=replace(READER, address="δοκιμή@example.org"))
    assert "\r\nTo: <δοκιμή@example.org>\r\n".encode() in raw


@pytest.mark.parametrize(
    "changes",
    [
        {"token": "short"},
        {"token": "a" * 35 + "\n"},
        {"preferences": ""},
        {"message_id": "<a@b>\r\nX: y"},
        {"message_id": "a@b"},
        {"date": DATE.replace(tzinfo=None)},
    ],
)
def test_what_the_sender_made_wrongly_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot stand in a mail"):
        sent(reader=replace(READER, **changes))  # type: ignore[arg-type] # the point of the test


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
        "\xf8\xf9\xfa",
        "\xfb" * 36,
    ]
)


@given(HOSTILE, HOSTILE)
def test_no_text_adds_or_changes_a_header(subject: str, name: str) -> None:
    raw = sent(subject, replace(WEB, newsletter=replace(WEB.newsletter, sender_name=name)))
    mail = read(raw)
    assert mail.keys() == NAMES
    assert len(mail["From"].addresses) == 1
    assert mail["From"].addresses[0].addr_spec == POST.newsletter.sender
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 200
    for _, value in mail.raw_items():
        assert "\n" not in re.sub(r"\r\n ", " ", value)


def test_an_encoded_word_in_a_title_is_shown_and_not_decoded() -> None:
    trick = "=?utf-8?q?a=0d=0aBcc:x?="
    raw = sent(trick)
    assert str(read(raw)["Subject"]) == trick
    assert trick.encode() not in raw


def test_a_specimen_is_aligned_with_its_sender() -> None:
    mail = read(sent(reader=specimen("you@example.org", "news@post.example.org", DATE)))
    assert mail["To"] == "you@example.org"
    assert mail["Message-ID"] == "<specimen.20260303@post.example.org>"
