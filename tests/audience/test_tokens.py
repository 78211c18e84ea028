"""A token proves what it says, tells nobody whose it is, and cannot be turned into another."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.keys import Keys
from publisher.audience.tokens import (
    CONFIRM,
    PREFERENCES,
    TOKEN,
    Claim,
    Purpose,
    leaving,
    make_token,
    read_token,
)
from publisher.audience.verp import Returned, envelope_sender, read_sender

PURPOSES = (CONFIRM, PREFERENCES, leaving("daily"), leaving("weekly"), leaving(""))
KEYS = Keys("a", {"a": bytes(range(32)), "b": bytes(32)})
MADE = datetime(2026, 3, 2, 6, 30, 59, tzinfo=UTC)
readers = st.integers(min_value=0, max_value=2**48 - 1)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_is_read_back_for_its_purpose_only(purpose: Purpose) -> None:
    token = make_token(KEYS, purpose, 42, MADE)
    assert len(token) == TOKEN
    for each in PURPOSES:
        expected = Claim(42, MADE.replace(second=0)) if each == purpose else None
        assert read_token(KEYS, each, token) == expected


@given(reader=readers, place=st.integers(0, TOKEN - 1), other=st.sampled_from("aZ09-_=~é\n "))
@settings(max_examples=300)
def test_a_changed_token_is_none(reader: int, place: int, other: str) -> None:
    token = make_token(KEYS, "confirm", reader, MADE)
    changed = token[:place] + other + token[place + 1 :]
    assert changed == token or read_token(KEYS, "confirm", changed) is None


@given(st.text(max_size=60))
def test_what_we_did_not_make_is_none(text: str) -> None:
    assert read_token(KEYS, "confirm", text) is None


def test_old_tokens_outlive_a_change_of_keys_and_end_with_their_key() -> None:
    token = make_token(KEYS, "unsubscribe", 7, MADE)
    later = Keys("b", KEYS.secrets)
    assert read_token(later, "unsubscribe", token) == read_token(KEYS, "unsubscribe", token)
    assert make_token(later, "unsubscribe", 7, MADE) != token
    assert read_token(Keys("b", {"b": bytes(32)}), "unsubscribe", token) is None


@given(issue=st.integers(0, 10**12), reader=readers)
def test_an_envelope_sender_is_read_back(issue: int, reader: int) -> None:
    for keys in (KEYS, Keys("b", KEYS.secrets)):
        sender = envelope_sender(keys, issue, reader, "bounces.example.org")
        assert len(sender.partition("@")[0]) <= 64
        assert read_sender(KEYS, f"<{sender}>") == Returned(issue, reader)
        assert read_sender(KEYS, sender.upper()) == Returned(issue, reader)


def test_a_forged_envelope_sender_is_none() -> None:
    sender = envelope_sender(KEYS, 3, 4, "bounces.example.org")
    for forged in (
        sender.replace("b+3.", "b+4."),
        sender.replace(".4.", ".5."),
        "b+3.4.a@x.example",
        "",
        "<>",
    ):
        assert read_sender(KEYS, forged) is None
