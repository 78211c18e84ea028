"""The setting that names a mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.bounces.mailbox import Mailbox, read_mailbox


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maildir:/var/mail/bounces", Mailbox("maildir", "/var/mail/bounces")),
        ("mbox:~/bounces", Mailbox("mbox", "~/bounces")),
        ("imap://ana@mail.example.org", Mailbox("imap", "", "mail.example.org", 993, "ana")),
        ("imaps:ana@mail.example.org", Mailbox("imap", "", "mail.example.org", 993, "ana")),
        (
            "imap+starttls://b%40example.org@mail.example.org:1143/Bounces/2026",
            Mailbox("imap", "", "mail.example.org", 1143, "b@example.org", "Bounces/2026", starttls=True),
        ),
        ("pop://ana@mail.example.org", Mailbox("pop", "", "mail.example.org", 995, "ana")),
        ("pop+starttls://ana@[::1]", Mailbox("pop", "", "::1", 110, "ana", starttls=True)),
    ],
)
def test_a_mailbox_is_read(text: str, expected: Mailbox) -> None:
    assert read_mailbox(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "none of"),
        ("/var/mail", "none of"),
        ("maildir:", "none of"),
        ("http://ana@mail.example.org", "none of"),
        ("imap://mail.example.org", "user and host"),
        ("imap://ana@", "user and host"),
        ("imap://ana:secret@mail.example.org", "password does not belong"),
        ("imap://ana%0d%0aX@mail.example.org", "characters"),
        ("imap://ana@mail.example.org/a%0ab", "characters"),
        ("pop://ana@mail.example.org:99999", "range"),
    ],
)
def test_what_is_wrong_with_it_is_told_without_a_password(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        read_mailbox(text)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=30).map(lambda text: f"imap://{text}"))
def test_any_text(text: str) -> None:
    try:
        assert read_mailbox(text).kind == "imap"
    except ValueError as error:
        assert str(error)
