"""Calls of mail services: only proven ones are read, and they say the same as mails do."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.bounces import sns
from publisher.bounces.event import LIMIT, Event, Refused
from publisher.bounces.mailgun import read_mailgun
from publisher.bounces.postmark import Secret, read_postmark
from publisher.bounces.ses import read_ses
from tests.bounces.samples import KEYS, OURS, VERP

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
TOPIC = "arn:aws:sns:eu-central-1:123456789012:bounces"
HOST = "https://sns.eu-central-1.amazonaws.com"
Json = dict[str, Any]


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(
    signer: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    days: int = 30,
    common: str = "sns.amazonaws.com",
    hosts: tuple[str, ...] = (),
) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    built = x509.CertificateBuilder(
        name, name, signer.public_key(), 7, NOW - timedelta(40), NOW + timedelta(days)
    )
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(each) for each in hosts])
        built = built.add_extension(names, critical=False)
    return built.sign(signer, SHA256()).public_bytes(Encoding.PEM)


def call(message: Json | str, **changed: str) -> Json:
    return {
        "Type": "Notification",
        "MessageId": "da41e39f-ea4d-435a-b922-c6aae3915ebe",
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-03-02T06:59:58.123Z",
        "SignatureVersion": "2",
        "SigningCertURL": f"{HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem",
    } | changed


def signed(told: Json) -> bytes:
    names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    text = "".join(f"{name}\n{told[name]}\n" for name in names if name in told)
    chosen = SHA1() if told["SignatureVersion"] == "1" else SHA256()  # noqa: S303  (SNS's own default)
    signature = key().sign(text.encode(), padding.PKCS1v15(), chosen)
    return json.dumps(told | {"Signature": base64.b64encode(signature).decode()}).encode()


def proven(body: bytes) -> sns.Call:
    found = sns.read_call(body, {TOPIC}, NOW)
    sns.prove(found, certificate(key()), NOW)
    return found


def bounce(kind: str, sub: str, status: str = "", said: str = "", source: str = VERP) -> Json:
    return {
        "notificationType": "Bounce",
        "mail": {"source": source, "messageId": "0100", "destination": ["ana@example.com"]},
        "bounce": {
            "bounceType": kind,
            "bounceSubType": sub,
            "timestamp": "2026-03-02T06:59:57.000Z",
            "bouncedRecipients": [
                {
                    "emailAddress": "ana@example.com",
                    "status": status,
                    "diagnosticCode": said,
                    "action": "failed",
                }
            ],
        },
    }


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (bounce("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown"), "hard"),
        (bounce("Permanent", "NoEmail"), "hard"),
        (bounce("Permanent", "General"), "soft"),
        (bounce("Permanent", "General", "5.7.1", "smtp; 554 5.7.1 blocked"), "policy"),
        (bounce("Transient", "MailboxFull", "4.2.2", "smtp; 452 4.2.2 over quota"), "soft"),
        (bounce("Transient", "General", "5.1.1", "smtp; 550 5.1.1 user unknown"), "soft"),
        (bounce("Transient", "ContentRejected"), "policy"),
        (bounce("Undetermined", "Undetermined"), "soft"),
    ],
)
def test_ses_bounces(version: str, told: Json, kind: str) -> None:
    (event,) = read_ses(proven(signed(call(told, SignatureVersion=version))), KEYS)
    assert (event.verdict.kind, event.verdict.returned, event.address) == (kind, OURS, "ana@example.com")
    assert event.verdict.source == "issue 12"
    assert event.verdict.at == datetime(2026, 3, 2, 6, 59, 57, tzinfo=UTC)


def test_ses_complaints_and_other_events() -> None:
    recipients = [{"emailAddress": "ana@example.com"}, {"emailAddress": "bo@example.com"}]
    complaint: Json = {"mail": {"source": "a@b.example"}, "complaint": {"complainedRecipients": recipients}}
    events = read_ses(proven(signed(call(complaint, Subject="x"))), KEYS)
    assert [(each.verdict.kind, each.verdict.returned, each.address) for each in events] == [
        ("complaint", None, "ana@example.com"),
        ("complaint", None, "bo@example.com"),
    ]
    assert len({each.id for each in events}) == len({each.verdict.source for each in events}) == 2
    complaint["complaint"]["complaintFeedbackType"] = "not-spam"
    assert read_ses(proven(signed(call(complaint))), KEYS)[0].verdict.kind == "notice"
    assert read_ses(proven(signed(call({"notificationType": "Delivery", "delivery": {}}))), KEYS) == ()


def test_a_changed_call_of_sns_is_refused() -> None:
    body = signed(call(bounce("Permanent", "NoEmail")))
    for old, new in ((b"NoEmail", b"General"), (b"58.123Z", b"59.123Z"), (b"da41", b"da42")):
        with pytest.raises(Refused, match="signature is wrong"):
            proven(body.replace(old, new))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"TopicArn": TOPIC.replace("1234", "4321")}, "topic"),
        ({"Timestamp": "2026-03-02T03:59:58.123Z"}, "stale"),
        ({"Timestamp": "2026-03-02T12:59:58.123Z"}, "stale"),
        ({"Timestamp": "soon"}, "stale"),
        ({"SignatureVersion": "3"}, "no call"),
        ({"Type": "Other"}, "no call"),
        (
            {
                "SigningCertURL": "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem"
            },
            "elsewhere",
        ),
        ({"SigningCertURL": "https://evil.example/sns.eu-central-1.amazonaws.com/x.pem"}, "elsewhere"),
        (
            {"SigningCertURL": "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem"},
            "elsewhere",
        ),
        (
            {"SigningCertURL": "https://sns.eu-central-1.amazonaws.com:1/SimpleNotificationService-1.pem"},
            "elsewhere",
        ),
        (
            {"SigningCertURL": "https://me@sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem"},
            "elsewhere",
        ),
        ({"SigningCertURL": "https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem"}, "elsewhere"),
        ({"SigningCertURL": f"{HOST}/SimpleNotificationService-1.pem\n"}, "elsewhere"),
    ],
)
def test_a_call_from_elsewhere_is_refused(changed: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        sns.read_call(signed(call("x") | changed), {TOPIC}, NOW)


@pytest.mark.parametrize(
    "region", ["us-east-1.amazonaws.com", "us-gov-west-1.amazonaws.com", "cn-north-1.amazonaws.com.cn"]
)
def test_every_region_has_its_certificates(region: str) -> None:
    url = f"https://sns.{region}/SimpleNotificationService-1.pem"
    assert proven(signed(call("x", SigningCertURL=url)))


def test_the_sovereign_cloud_is_amazon_too() -> None:
    url = "https://sns.eusc-de-east-1.amazonaws.eu/SimpleNotificationService-1.pem"
    assert proven(signed(call("x", SigningCertURL=url)))


@pytest.mark.parametrize(
    ("common", "hosts", "fine"),
    [
        ("sns-signing.af-south-1.amazonaws.com", (), True),
        ("sns-us-gov-west-1.amazonaws.com", (), True),
        ("sns-cn-north-1.amazonaws.com.cn", (), True),
        ("Amazon", ("other.example.org", "sns-signing.eusc-de-east-1.amazonaws.eu"), True),
        ("s3.amazonaws.com", ("*.s3.amazonaws.com",), False),
        ("sns.amazonaws.com.evil.example", (), False),
        ("evilsns.amazonaws.com", ("sns.example.org",), False),
    ],
)
def test_the_certificate_was_made_out_to_sns(common: str, hosts: tuple[str, ...], fine: bool) -> None:
    found = sns.read_call(signed(call("x")), [TOPIC], NOW)
    made = certificate(key(), common=common, hosts=hosts)
    if fine:
        sns.prove(found, made, NOW)
    else:
        with pytest.raises(Refused, match="made out"):
            sns.prove(found, made, NOW)


def test_a_certificate_of_another_kind_is_refused() -> None:
    found = sns.read_call(signed(call("x")), {TOPIC}, NOW)
    other = rsa.generate_private_key(65537, 2048)
    wrong = {
        "not valid today": certificate(key(), days=-1),
        "cannot be read": b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n",
        "signature is wrong": certificate(other),
        "not of the kind": certificate(ec.generate_private_key(ec.SECP256R1())),
    }
    for reason, pem in wrong.items():
        with pytest.raises(Refused, match=reason):
            sns.prove(found, pem, NOW)
    with pytest.raises(Refused, match="topic"):
        sns.read_call(signed(call("x")), set(), NOW)


def test_a_subscription_is_confirmed_only_at_amazon() -> None:
    url = f"{HOST}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37fb687f5d51e6e2425c464de"
    asked = call("You have chosen", Type="SubscriptionConfirmation", SubscribeURL=url) | {"Token": "2336"}
    found = proven(signed(asked))
    assert sns.confirmation(found) == url
    assert read_ses(found, KEYS) == ()
    assert sns.confirmation(proven(signed(call("x")))) is None
    for bad in (
        "https://evil.example/?Action=ConfirmSubscription&x=1",
        f"{HOST}/?Action=DeleteTopic&x=1",
        "",
    ):
        with pytest.raises(Refused, match="elsewhere"):
            sns.confirmation(proven(signed(asked | {"SubscribeURL": bad})))


SIGNING = "key-for-tests"


def mailgun(told: Json, at: datetime = NOW, secret: str = SIGNING) -> bytes:
    stamp, token = str(int(at.timestamp())), "t" * 50
    code = hmac.new(secret.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    about = {
        "id": "ev-1",
        "recipient": "ana@example.com",
        "envelope": {"sender": VERP},
        "timestamp": NOW.timestamp(),
    }
    return json.dumps(
        {"signature": {"timestamp": stamp, "token": token, "signature": code}, "event-data": about | told}
    ).encode()


FAILED: Json = {"event": "failed", "severity": "permanent", "reason": "generic"}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (
            FAILED
            | {"delivery-status": {"code": 550, "message": "5.1.1 user unknown", "enhanced-code": "5.1.1"}},
            "hard",
        ),
        (FAILED | {"delivery-status": {"code": 550, "message": "No such user here"}}, "hard"),
        (FAILED | {"delivery-status": {"code": 552, "message": "mailbox is full"}}, "soft"),
        (FAILED | {"delivery-status": {"code": 554, "message": "5.7.1 blocked"}}, "policy"),
        (FAILED | {"reason": "suppress-bounce", "delivery-status": {"code": 605}}, "hard"),
        (FAILED | {"reason": "suppress-unsubscribe"}, "policy"),
        (FAILED | {"severity": "temporary", "delivery-status": {"message": "user unknown"}}, "soft"),
        ({"event": "complained"}, "complaint"),
    ],
)
def test_mailgun_events(told: Json, kind: str) -> None:
    event = read_mailgun(mailgun(told), SIGNING, KEYS, NOW)
    assert event is not None
    assert (event.verdict.kind, event.verdict.returned, event.address) == (kind, OURS, "ana@example.com")


def test_mailgun_other_events_and_refusals() -> None:
    assert read_mailgun(mailgun({"event": "delivered"}), SIGNING, KEYS, NOW) is None
    with pytest.raises(Refused, match="signature"):
        read_mailgun(mailgun(FAILED, NOW, "another"), SIGNING, KEYS, NOW)
    with pytest.raises(Refused, match="signature"):
        read_mailgun(mailgun(FAILED, NOW, ""), "", KEYS, NOW)
    for minutes in (-16, 16):
        with pytest.raises(Refused, match="stale"):
            read_mailgun(mailgun(FAILED, NOW + timedelta(minutes=minutes)), SIGNING, KEYS, NOW)


def test_a_token_of_mailgun_names_the_event_whatever_else_is_told() -> None:
    """The signature does not cover what is told: a captured one must be good for nothing new."""
    first = read_mailgun(mailgun(FAILED), SIGNING, KEYS, NOW)
    other = read_mailgun(mailgun({"event": "complained", "id": "ev-2"}), SIGNING, KEYS, NOW)
    assert first is not None
    assert other is not None
    assert first.id == other.id


BASIC = {"authorization": "Basic " + base64.b64encode("hook:säcret".encode()).decode()}
SECRET = Secret("säcret", "hook")


def postmark(kind: str, record: str = "Bounce", details: str = "") -> bytes:
    told = {"RecordType": record, "Type": kind, "ID": 42, "Email": "ana@example.com", "Details": details}
    return json.dumps(told | {"BouncedAt": "2026-03-02T06:59:57Z"}).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (postmark("HardBounce", details="smtp;550 5.1.1 user unknown"), "hard"),
        (postmark("HardBounce", details="smtp;550 5.7.1 blocked"), "policy"),
        (postmark("SoftBounce"), "soft"),
        (postmark("SpamNotification"), "policy"),
        (postmark("AutoResponder"), "reply"),
        (postmark("ChallengeVerification"), "challenge"),
        (postmark("SpamComplaint"), "complaint"),
        (postmark("", "SpamComplaint"), "complaint"),
        (postmark("SomethingNew"), "unknown"),
    ],
)
def test_postmark_records(body: bytes, kind: str) -> None:
    event = read_postmark(body, BASIC, SECRET)
    assert event is not None
    assert (event.verdict.kind, event.verdict.returned, event.address) == (kind, None, "ana@example.com")
    assert event.id == event.verdict.source


def test_postmark_needs_its_secret() -> None:
    assert read_postmark(postmark("", "Open"), BASIC, SECRET) is None
    header = Secret("säcret", header="X-Hook")
    assert read_postmark(postmark("SoftBounce"), {"x-hook": "säcret"}, header) is not None
    for headers in (
        {},
        {"authorization": "Basic x"},
        {"authorization": "Bearer säcret"},
        {"x-hook": "säcret"},
    ):
        with pytest.raises(Refused, match="secret"):
            read_postmark(postmark("SoftBounce"), headers, SECRET)
    with pytest.raises(Refused, match="secret"):
        read_postmark(postmark("SoftBounce"), {"x-hook": ""}, Secret("", header="X-Hook"))


UNREADABLE = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"{" * 50_000,
    b"[" * 50_000,
    b'{"RecordType": 1}',
    b'{"RecordType": "Bounce", "ID": "x"}',
    b"\xff\xfe",
    b"x" * (LIMIT + 1),
    b'{"signature": {"timestamp": "NaN", "token": "", "signature": "\xc3\xa9"}, "event-data": {}}',
)


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_call_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        sns.read_call(body, {TOPIC}, NOW)
    with pytest.raises(Refused):
        read_mailgun(body, SIGNING, KEYS, NOW)
    with pytest.raises(Refused):
        read_postmark(body, BASIC, SECRET)
    with pytest.raises(Refused):
        read_ses(proven(signed(call(body.decode("latin-1")[:1_000] or "x"))), KEYS) or refuse()


def refuse() -> tuple[Event, ...]:
    raise Refused("nothing was found, which is as well")


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda e: st.lists(e) | st.dictionaries(st.text(max_size=9), e),
        max_leaves=8,
    )
)
def test_any_json(told: object) -> None:
    body = json.dumps(told).encode()
    with pytest.raises(Refused):
        sns.read_call(body, {TOPIC}, NOW)
    with pytest.raises(Refused):
        read_mailgun(body, SIGNING, KEYS, NOW)
