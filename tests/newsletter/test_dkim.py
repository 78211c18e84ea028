import re
from email import message_from_bytes

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as elliptic
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.newsletter.dkim import Key, Signer, dns_record, read_key
from tests.newsletter.test_splice import READER, sent

RSA = generate_private_key(65537, 2048)
ED = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEYS = (Key("post.example.org", "news", RSA), Key("post.example.org", "news-ed", ED))
SIGNER = Signer(KEYS)
RECORDS = {f"{key.selector}._domainkey.{key.domain}.".encode(): dns_record(key).encode() for key in KEYS}


def record(name: bytes, timeout: int = 5) -> bytes | None:
    return RECORDS.get(name)


def valid(raw: bytes) -> list[bool]:
    """What an independent verifier says of each signature."""
    found = len(re.findall(rb"(?m)^DKIM-Signature:", raw.partition(b"\r\n\r\n")[0]))
    return [_verified(raw, at) for at in range(found)]


def _verified(raw: bytes, at: int) -> bool:
    try:
        return bool(dkim.DKIM(raw).verify(idx=at, dnsfunc=record))
    except dkim.ValidationError:  # the body is another
        return False


def pem(key: RSAPrivateKey | Ed25519PrivateKey, lock: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption())


def test_a_digest_carries_a_valid_signature_of_each_key() -> None:
    raw = SIGNER.sign(sent())
    assert valid(raw) == [True, True]
    assert raw.endswith(sent())
    one, other = message_from_bytes(raw).get_all("DKIM-Signature", [])
    assert "a=rsa-sha256; c=relaxed/relaxed" in one
    assert "a=ed25519-sha256; c=relaxed/relaxed" in other
    assert "d=post.example.org; s=news;" in one
    assert max(len(line) for line in raw.split(b"\r\n")) <= 130


def test_both_headers_for_leaving_are_covered_and_every_field_once_more_than_it_occurs() -> None:
    signature = message_from_bytes(SIGNER.sign(sent()))["DKIM-Signature"]
    names = re.sub(r"\s", "", re.search(r"h=([^;]*);", signature)[1]).split(":")  # type: ignore[index] # it is there
    assert {name: names.count(name) for name in names} == {
        **dict.fromkeys(("from", "to", "subject", "date", "message-id", "mime-version", "content-type"), 2),
        **dict.fromkeys(("list-id", "list-unsubscribe", "list-unsubscribe-post"), 2),
        **dict.fromkeys(("cc", "reply-to"), 1),
    }
    assert not re.search(r"[;\s][lxt]=", signature)


@pytest.mark.parametrize(
    "name",
    ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
     "MIME-Version", "Content-Type", "Cc", "Reply-To"],
)  # fmt: skip
def test_nothing_can_be_added_or_taken_away(name: str) -> None:
    raw = SIGNER.sign(sent())
    head, _, body = raw.partition(b"\r\n\r\n")
    for more in (name.encode() + b": x\r\n" + raw, head + b"\r\n" + name.encode() + b": x\r\n\r\n" + body):
        assert not any(valid(more))
    without = re.sub(rb"(?m)^%s: .*\r\n(?: .*\r\n)*" % name.encode(), b"", raw)
    assert without == raw or name == "From" or not any(valid(without))


def test_a_change_of_the_body_breaks_it() -> None:
    raw = SIGNER.sign(sent())
    assert not any(valid(raw.replace(READER.token.encode(), READER.token[::-1].encode())))
    assert not any(valid(raw + b"<script>\r\n"))


def test_what_relays_do_to_spaces_and_folds_does_not_break_it() -> None:
    raw = SIGNER.sign(sent())
    assert valid(raw + b"\r\n\r\n") == [True, True]
    assert valid(raw.replace(b"\r\nSubject: ", b"\r\nsubject:\r\n \t ")) == [True, True]
    assert valid(b"Received: from a\r\n by b\r\nSender: c@d.example\r\n" + raw) == [True, True]


NAMES = st.sampled_from(["From", "SUBJECT", "subject", "X-Other", "List-Id", "Cc", "DKIM-Signature"])
VALUES = st.lists(
    st.sampled_from(["", " ", "\t", "\r\n ", "\r\n\t", "a", ":", ";", "b=x", "é", "=?x?="]), max_size=6
)
BODIES = st.lists(st.sampled_from([" ", "\t", "\r\n", "a", ".", "é", "--"]), max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), BODIES)
def test_hostile_headers_and_bodies_are_signed_as_a_verifier_reads_them(
    extra: list[tuple[str, list[str]]], body: list[str]
) -> None:
    lines = [f"{name}: x{''.join(value)}x\r\n" for name, value in extra if name != "DKIM-Signature"]
    raw = ("From: a@post.example.org\r\n" + "".join(lines) + "\r\n" + "".join(body) + "\r\n").encode()
    assert valid(SIGNER.sign(raw)) == [True, True]


def test_signing_is_the_same_each_time() -> None:
    assert SIGNER.sign(sent()) == SIGNER.sign(sent())


def test_what_a_relay_rewrites_is_left_out() -> None:
    key = Key("post.example.org", "news", RSA, frozenset({"date", "message-id"}))
    raw = Signer((key,)).sign(sent())
    assert valid(re.sub(rb"(?m)^(Date|Message-ID): .*\r\n", rb"\1: other\r\n", raw)) == [True]


@pytest.mark.parametrize(
    "raw",
    [b"", b"From: a\r\n", b"From: a\n\nbody", b"no field\r\n\r\n", b"A: b\r\nno\r\n\r\n", b" A: b\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_mail_is_not_signed(raw: bytes) -> None:
    with pytest.raises(ValueError, match="a mail is header fields"):
        SIGNER.sign(raw)


def test_keys_are_read_and_unfit_ones_refused() -> None:
    assert isinstance(read_key(pem(RSA), "key.pem"), RSAPrivateKey)
    assert isinstance(read_key(pem(ED), "key.pem"), Ed25519PrivateKey)
    curve = elliptic(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for bad, why in (
        (b"", "no private key in PEM"),
        (b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n", "no private key in PEM"),
        (pem(ED, BestAvailableEncryption(b"x")), "has a password"),
        (pem(generate_private_key(65537, 1024)), "1024 bits is too weak"),  # noqa: S505 - it is refused
        (curve, "RSA and Ed25519 keys only"),
    ):
        with pytest.raises(PublishError, match=rf"^key\.pem: .*{why}"):
            read_key(bad, "key.pem")
