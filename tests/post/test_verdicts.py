"""Whose fault a refusal is, and what follows from it."""

import pytest

from publisher.post.replies import Reply
from publisher.post.verdicts import Step, judge


@pytest.mark.parametrize(
    ("step", "said", "fate", "blame"),
    [
        ("end of data", "250 2.0.0 queued", "sent", "reader"),
        ("end of data", "251 what", "unknown", "relay"),
        ("end of data", "354 again", "unknown", "relay"),
        ("end of data", "421 4.3.2 going down", "deferred", "relay"),
        ("end of data", "451 4.3.0 no room", "deferred", "maybe"),
        ("end of data", "554 5.7.1 spam", "failed", "maybe"),
        ("RCPT", "550 5.1.1 nobody", "failed", "reader"),
        ("RCPT", "550 no", "failed", "reader"),
        ("RCPT", "552 5.2.2 full", "failed", "reader"),
        ("RCPT", "550 5.7.1 policy", "failed", "maybe"),
        ("RCPT", "550 5.1.8 bad sender", "kept", "relay"),
        ("RCPT", "530 5.7.0 log in first", "deferred", "maybe"),
        ("RCPT", "503 5.5.1 bad sequence", "deferred", "maybe"),
        ("RCPT", "450 4.7.1 greylisted", "deferred", "reader"),
        ("RCPT", "452 4.2.2 full", "deferred", "reader"),
        ("RCPT", "451 4.3.0 trouble", "deferred", "maybe"),
        ("RCPT", "421 bye", "kept", "relay"),
        ("MAIL", "451 4.3.0 trouble", "kept", "relay"),
        ("MAIL", "550 5.7.1 not you", "kept", "relay"),
        ("DATA", "250 what", "kept", "relay"),
        ("DATA", "451 4.3.0 later", "deferred", "maybe"),
        ("DATA", "554 5.5.1 no recipients", "failed", "maybe"),
    ],
)
def test_verdicts(step: Step, said: str, fate: str, blame: str) -> None:
    code, _, text = said.partition(" ")
    outcome = judge(step, Reply(int(code), (text,)))
    assert (outcome.fate, outcome.blame) == (fate, blame)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "end of data"])
def test_only_250_to_the_end_of_data_is_sent(step: Step) -> None:
    for code in range(200, 600):
        fate = judge(step, Reply(code, ("",))).fate
        assert (fate == "sent") == (step == "end of data" and code == 250)
        assert fate != "unknown" or (step == "end of data" and code < 400)
