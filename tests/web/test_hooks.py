"""Calls of SES, Mailgun and Postmark at the endpoint: rules S13, S15 and S16."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest

from publisher.audience.verp import envelope_sender
from tests.bounces.test_hooks import HOST, NOW, TOPIC, bounce, call, certificate, key, signed
from tests.web.servers import SECRETS, Endpoint, Outside, endpoint

HOOK = SECRETS["PUBLISH_HOOK_SECRET"]
JSON = {"Content-Type": "application/json"}
BASIC = {"Authorization": "Basic " + base64.b64encode(b"post:mark").decode(), **JSON}


@pytest.fixture
def asked() -> list[str]:
    """What the endpoint asked Amazon for."""
    return []


@pytest.fixture
def web(tmp_path_factory: pytest.TempPathFactory, asked: list[str]) -> Iterator[Endpoint]:
    def fetch(url: str) -> bytes:
        asked.append(url)
        return certificate(key())

    with endpoint(
        tmp_path_factory.mktemp("hooks"), more=f'topics = ["{TOPIC}"]', outside=Outside(fetch)
    ) as running:
        running.ahead = NOW - running.now
        yield running


def verp(web: Endpoint, reader: int) -> str:
    return envelope_sender(web.keys, 12, reader, "bounces.example.org")


def mailgun(web: Endpoint, token: str, **told: Any) -> bytes:
    stamp = str(int(web.now.timestamp()))
    signature = hmac.new(b"mailgun-key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {"event": "failed", "id": token, "severity": "permanent", "timestamp": float(stamp)} | told
    proof = {"timestamp": stamp, "token": token, "signature": signature}
    return json.dumps({"signature": proof, "event-data": data}).encode()


def state(web: Endpoint, address: str) -> str:
    found = web.reader(address)
    assert found
    return found.state


def test_ses_is_proven_by_its_certificate_which_is_asked_for_once(web: Endpoint, asked: list[str]) -> None:
    reader = web.add("ses@example.org")
    told = bounce("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown", verp(web, reader.id))
    body = signed(call(told))
    assert [web.ask("POST", f"/hook/ses/{HOOK}", body, JSON).status for _ in range(2)] == [200, 200]
    assert state(web, "ses@example.org") == "bounced"
    assert web.rows("SELECT count(*) FROM returns") == [(1,)]
    assert asked == [f"{HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"]
    changed = body.replace(b"5.1.1", b"5.2.1")
    assert web.ask("POST", f"/hook/ses/{HOOK}", changed, JSON).status == 403


def test_a_subscription_at_amazon_is_confirmed(web: Endpoint, asked: list[str]) -> None:
    url = f"{HOST}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37fb"
    told = call("You have chosen", Type="SubscriptionConfirmation", SubscribeURL=url) | {"Token": "2336"}
    assert web.ask("POST", f"/hook/ses/{HOOK}", signed(told), JSON).status == 200
    assert asked[-1] == url


def test_mailgun_is_proven_by_its_signature_and_counts_once(web: Endpoint) -> None:
    reader = web.add("mailgun@example.org")
    told = {
        "envelope": {"sender": verp(web, reader.id)},
        "delivery-status": {"code": 550, "message": "5.1.1 no"},
    }
    body = mailgun(web, "t1", recipient="mailgun@example.org", **told)
    assert web.ask("POST", f"/hook/mailgun/{HOOK}", body, JSON).status == 200
    assert web.ask("POST", f"/hook/mailgun/{HOOK}", body, JSON).status == 200
    assert state(web, "mailgun@example.org") == "bounced"
    assert web.rows("SELECT count(*) FROM returns") == [(1,)]
    forged = body.replace(b'"token": "t1"', b'"token": "t2"')
    assert web.ask("POST", f"/hook/mailgun/{HOOK}", forged, JSON).status == 403


def test_policy_is_about_us_and_changes_nobody(web: Endpoint) -> None:
    """S13."""
    reader = web.add("policy@example.org")
    told = {"envelope": {"sender": verp(web, reader.id)}, "delivery-status": {"message": "550 5.7.1 blocked"}}
    for turn in range(20):
        body = mailgun(web, f"p{turn}", recipient="policy@example.org", **told)
        assert web.ask("POST", f"/hook/mailgun/{HOOK}", body, JSON).status == 200
    assert state(web, "policy@example.org") == "confirmed"


def test_a_complaint_counts_at_once(web: Endpoint) -> None:
    """S15."""
    web.add("angry@example.org")
    body = json.dumps({"RecordType": "SpamComplaint", "ID": 7, "Email": "Angry@Example.org"}).encode()
    assert web.ask("POST", f"/hook/postmark/{HOOK}", body, JSON).status == 403
    assert state(web, "angry@example.org") == "confirmed"
    assert web.ask("POST", f"/hook/postmark/{HOOK}", body, BASIC).status == 200
    assert state(web, "angry@example.org") == "complained"


@pytest.mark.parametrize("service", ["ses", "mailgun", "postmark", "other"])
def test_without_the_secret_nobody_is_listened_to(web: Endpoint, service: str) -> None:
    for secret in ("", "x", HOOK + "x", HOOK[:-1], "%00"):
        assert web.ask("POST", f"/hook/{service}/{secret}", b"{}", BASIC).status in {404, 405}
    assert web.get(f"/hook/{service}/{HOOK}").status == 405


def test_what_is_no_call_is_refused(web: Endpoint) -> None:
    for service in ("ses", "mailgun", "postmark"):
        for body in (b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"signature": 1}', b"null"):
            assert web.ask("POST", f"/hook/{service}/{HOOK}", body, BASIC).status == 403
        assert web.ask("POST", f"/hook/{service}/{HOOK}", b"x" * 300_000, BASIC).status == 413
