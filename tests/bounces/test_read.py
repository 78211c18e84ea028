"""Each mail system's bounces are read for what they say; what is no bounce, and what is not ours, is told."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from publisher.audience.keys import Keys
from publisher.audience.tokens import make_token
from publisher.audience.verp import Returned, envelope_sender
from publisher.bounces.read import read_mail
from publisher.bounces.verdict import Kind
from tests.bounces import samples
from tests.bounces.samples import KEYS, LETTER, OURS, VERP, by, dsn, plain

REPORTS: dict[str, tuple[bytes, Kind, str]] = {
    "postfix, nobody": (
        dsn("5.1.1", "smtp; 550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown in table"),
        "hard",
        "5.1.1",
    ),
    "postfix, no code": (
        dsn("5.0.0", "smtp; 554 delivery error: This user doesn't have an example.com account"),
        "hard",
        "5.0.0",
    ),
    "postfix, no domain now": (
        dsn(
            "5.4.4",
            "X-Postfix; Host or domain name not found. Name service error for name=example.com type=A",
        ),
        "soft",
        "5.4.4",
    ),
    "postfix, expired": (
        dsn("4.4.1", "X-Postfix; connect to mx.example.com[192.0.2.25]:25: Connection timed out"),
        "soft",
        "4.4.1",
    ),
    "postfix, full": (dsn("5.2.2", "smtp; 552 5.2.2 Mailbox full"), "soft", "5.2.2"),
    "postfix, listed": (
        dsn(
            "5.7.1",
            "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using dnsbl.example.net",
        ),
        "policy",
        "5.7.1",
    ),
    "gmail, nobody": (
        by(
            "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            dsn(
                "5.1.1",
                "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n"
                " 550-5.1.1 double-checking the recipient's email address. For more information, go to\r\n"
                " 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser x1-20020a5d - gsmtp",
            ),
        ),
        "hard",
        "5.1.1",
    ),
    "gmail, unauthenticated": (
        dsn("5.7.26", "smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated."),
        "policy",
        "5.7.26",
    ),
    "gmail, over quota": (
        dsn("4.2.2", "smtp; 452-4.2.2 The recipient's inbox is out of storage space."),
        "soft",
        "4.2.2",
    ),
    "gmail, rate of us": (
        dsn("4.7.28", "smtp; 421-4.7.28 Gmail has detected an unusual rate of mail"),
        "policy",
        "4.7.28",
    ),
    "exchange, nobody": (
        by(
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>",
            dsn(
                "5.1.10",
                "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@example.com not found",
            ),
        ),
        "hard",
        "5.1.10",
    ),
    "exchange, directory": (
        dsn("5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
        "hard",
        "5.4.1",
    ),
    "outlook, bulk rules": (
        dsn("5.7.515", "smtp;550 5.7.515 Access denied, sending domain does not meet the required level"),
        "policy",
        "5.7.515",
    ),
    "outlook, mailbox": (
        dsn("5.5.0", "smtp;550 5.5.0 Requested action not taken: mailbox unavailable"),
        "hard",
        "5.5.0",
    ),
    "sendmail": (
        dsn("5.1.1", "SMTP; 550 5.1.1 <ana@example.com>... User unknown").replace(
            samples.SORRY.encode(), samples.SENDMAIL.encode()
        ),
        "hard",
        "5.1.1",
    ),
    "exim": (
        b"X-Failed-Recipients: ana@example.com\r\n" + dsn("5.0.0", "smtp; 550 Unrouteable address"),
        "hard",
        "5.0.0",
    ),
    "a filter that says nobody": (
        dsn("5.1.1", "smtp; 550 5.1.1 Message refused as spam, see our policy"),
        "policy",
        "5.1.1",
    ),
    "a reader called spam": (
        dsn("5.1.1", "smtp; 550 5.1.1 <spam.policy@example.com>: User unknown"),
        "hard",
        "5.1.1",
    ),
    "an address that looks like a code": (dsn("5.0.0", "smtp; 550 host 5.1.1.7 said no"), "soft", "5.0.0"),
    "disabled": (dsn("5.2.1", "smtp; 550 5.2.1 The email account is inactive"), "hard", "5.2.1"),
    "no mail here": (
        dsn("5.1.10", "smtp; 556 5.1.10 example.com does not accept mail (nullMX)"),
        "hard",
        "5.1.10",
    ),
    "our sender": (
        dsn("5.1.8", "smtp; 550 5.1.8 Sender address rejected: Domain not found"),
        "policy",
        "5.1.8",
    ),
    "delayed": (dsn("4.4.1", "smtp; 451 4.4.1 try again", action="delayed"), "notice", "4.4.1"),
    "delivered": (dsn("2.0.0", "smtp; 250 2.0.0 Ok", action="delivered"), "notice", "2.0.0"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read(name: str) -> None:
    raw, kind, status = REPORTS[name]
    verdict = read_mail(raw, KEYS)
    assert (verdict.kind, verdict.status, verdict.returned) == (kind, status, OURS)
    assert verdict.source == "issue 12"
    assert verdict.at is not None
    assert verdict.at.isoformat() == "2026-03-02T07:00:05+00:00"


WORDS: dict[str, tuple[bytes, Kind]] = {
    "qmail": (plain(samples.QMAIL), "hard"),
    "qmail, full": (plain(samples.QMAIL_FULL), "soft"),
    "exim": (
        plain(samples.EXIM, head="X-Failed-Recipients: ana@example.com\nAuto-Submitted: auto-replied\n"),
        "hard",
    ),
    "exim, delayed": (plain(samples.EXIM_DELAYED, head="Auto-Submitted: auto-replied\n"), "notice"),
    "sendmail": (plain(samples.SENDMAIL, sender="Mail Delivery Subsystem <MAILER-DAEMON>"), "hard"),
    "exchange": (plain(samples.EXCHANGE_OLD, sender="System Administrator <postmaster@example.com>"), "hard"),
    "gmail": (
        plain(samples.GMAIL_OLD, sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>"),
        "hard",
    ),
    "away": (samples.AWAY, "reply"),
    "challenge": (samples.CHALLENGE, "challenge"),
    "receipt": (samples.RECEIPT, "notice"),
    "a person's answer": (
        plain("Thank you, I liked the user unknown joke.", sender="ana@example.com"),
        "unknown",
    ),
    "a person who is back": (
        plain("I was out.", sender="ana@example.com", head="X-Autoreply: yes\n"),
        "reply",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_read(name: str) -> None:
    raw, kind = WORDS[name]
    verdict = read_mail(raw, KEYS)
    assert (verdict.kind, verdict.returned) == (kind, OURS)


def test_a_complaint_is_known_by_the_sender_of_our_mail() -> None:
    verdict = read_mail(samples.ARF, KEYS)
    assert (verdict.kind, verdict.returned, verdict.detail) == ("complaint", OURS, "abuse SomeGenerator/1.0")


def test_a_complaint_is_known_by_the_link_to_leave_where_the_sender_was_taken_out() -> None:
    token = make_token(KEYS, "unsubscribe", 345, datetime(2026, 3, 2, tzinfo=UTC))
    link = f"List-Unsubscribe: <https://news.example.org/u/{token}>\nFrom: The Ledger".encode()
    bare = samples.ARF.replace(VERP.encode(), b"redacted").replace(b"From: The Ledger", link)
    assert read_mail(bare, KEYS).returned == Returned(0, 345)
    assert read_mail(bare.replace(b"message/rfc822", b"text/rfc822-headers"), KEYS).returned == Returned(
        0, 345
    )
    other = make_token(KEYS, "preferences", 345, datetime(2026, 3, 2, tzinfo=UTC))
    assert read_mail(bare.replace(token.encode(), other.encode()), KEYS).returned is None
    bounce = dsn("5.1.1", "smtp; 550 user unknown", to="bounces@example.org", returned=bare.decode())
    assert read_mail(bounce.replace(b"message/feedback-report", b"text/plain"), KEYS).returned is None


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_other_feedback_is_no_complaint(kind: str) -> None:
    assert read_mail(samples.ARF.replace(b"abuse\n", f"{kind}\n".encode(), 1), KEYS).kind == "notice"


@pytest.mark.parametrize(
    "field", ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "TO"]
)
def test_whose_mail_it_was_stands_in_any_of_the_fields(field: str) -> None:
    body = dsn("5.1.1", "smtp; 550 user unknown", to="bounces@example.org", returned="Subject: x\n\nx")
    assert read_mail(body, KEYS).returned is None
    assert read_mail(f"{field}: <{VERP.upper()}>\r\n".encode() + body, KEYS).returned == OURS


def test_the_envelope_will_do_and_so_will_the_mail_that_is_returned() -> None:
    lost = dsn("5.1.1", "smtp; 550 user unknown", to="bounces@example.org", returned="Subject: x\n\nx")
    assert read_mail(lost, KEYS, (VERP,)).returned == OURS
    whole = dsn("5.1.1", "smtp; 550 user unknown", to="bounces@example.org")
    assert read_mail(whole, KEYS).returned == OURS
    headers = whole.replace(b"Content-Type: message/rfc822", b"Content-Type: text/rfc822-headers")
    assert read_mail(headers, KEYS).returned == OURS


@pytest.mark.parametrize(
    "forged",
    [
        VERP.replace("345", "346"),
        VERP.replace("12.", "13."),
        envelope_sender(Keys("a", {"a": bytes(32)}), 12, 345, "bounces.example.org"),
        "b+12.345.a@bounces.example.org",
        "b+12.345." + "a" * 17 + "@bounces.example.org",
        VERP.replace(".a", ".z", 1),
        "b+" + "9" * 400 + ".1.a@x",
    ],
)
def test_a_forged_sender_proves_nothing(forged: str) -> None:
    verdict = read_mail(dsn("5.1.1", "smtp; 550 user unknown", to=forged, returned="Subject: x\n\nx"), KEYS)
    assert verdict.kind == "hard"
    assert verdict.returned is None


def test_the_mildest_of_several_recipients_counts() -> None:
    two = dsn("5.1.1", "smtp; 550 user unknown").replace(
        b"Diagnostic-Code: smtp; 550 user unknown\r\n",
        b"Diagnostic-Code: smtp; 550 user unknown\r\n\r\nFinal-Recipient: rfc822; bo@example.com\r\n"
        b"Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 full\r\n",
    )
    assert read_mail(two, KEYS).kind == "soft"


def test_a_report_inside_a_mail_that_somebody_passes_on_is_not_about_us() -> None:
    passed_on = (
        f"From: ana@example.com\nTo: {VERP}\nSubject: what is this?\n"
        "Content-Type: multipart/mixed; boundary=out\n\n"
        "--out\nContent-Type: text/plain\n\nI got this.\n--out\nContent-Type: message/rfc822\n\n"
    ).encode() + dsn("5.1.1", "smtp; 550 user unknown")
    assert read_mail(passed_on, KEYS).kind == "unknown"


def test_a_report_without_an_action_and_one_in_base64() -> None:
    raw = dsn("5.1.1", "smtp; 550 user unknown")
    bare = raw.replace(b"Action: failed\r\n", b"")
    begin, end = (
        raw.index(b"Reporting-MTA"),
        raw.index(b"\r\n--4B1D.1772434805/mx.example.com\r\nContent-Description: Undel"),
    )
    coded = raw[:begin].removesuffix(b"\r\n") + b"Content-Transfer-Encoding: base64\r\n\r\n"
    coded += b64encode(raw[begin:end]) + raw[end:]
    assert [read_mail(each, KEYS).kind for each in (bare, coded)] == ["hard", "hard"]


def test_the_text_of_our_own_mail_says_nothing() -> None:
    verdict = read_mail(
        plain(samples.QMAIL_FULL.replace("over the allowed quota (size). (#5.2.2)", "gone.")), KEYS
    )
    assert verdict.kind == "soft"
    assert "spam" in LETTER


def test_a_mail_of_no_issue_is_known_by_its_own_name() -> None:
    confirmation = envelope_sender(KEYS, 0, 345, "bounces.example.org")
    raw = dsn("5.1.1", "smtp; 550 user unknown", to=confirmation)
    again = b"Received: by another way\r\n" + raw
    assert read_mail(raw, KEYS).source == read_mail(again, KEYS).source
    other = raw.replace(b"20260302070005.4B1D@", b"20260302070005.5C2E@")
    assert read_mail(raw, KEYS).source != read_mail(other, KEYS).source
