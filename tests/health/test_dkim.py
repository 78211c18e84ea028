"""The public key in DNS against the private one that signs."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from publisher.health.answers import Answer
from publisher.health.dkim import judge_dkim, record_name
from publisher.newsletter.dkim import Key, dns_record
from tests.health.zones import levels, told

SMALL = generate_private_key(public_exponent=65_537, key_size=1_024)  # noqa: S505  (what is too short is the matter)
OTHER = generate_private_key(public_exponent=65_537, key_size=1_024)  # noqa: S505  (what is too short is the matter)
EDWARDS = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
RSA = Key("example.org", "news", SMALL)
ED = Key("example.org", "news", EDWARDS)


def bare(key: RSAPrivateKey) -> str:
    """The other form of a public key that is met in records: RSAPublicKey, as RFC 6376 (3.6.1) words it."""
    return b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)).decode()


def test_the_name_of_the_record() -> None:
    assert record_name(RSA) == "news._domainkey.example.org"


@pytest.mark.parametrize(
    "text",
    [
        dns_record(ED),
        dns_record(ED).replace("; ", " ;\t"),
        dns_record(ED) + "; t=s; s=email; h=sha1:sha256; n=a note",
        dns_record(ED).replace("v=DKIM1; ", ""),
    ],
)
def test_records_that_fit(text: str) -> None:
    found = judge_dkim(ED, Answer((text,)))
    assert levels(found) == ["ok"], told(found)


@pytest.mark.parametrize(
    "text", [dns_record(RSA), f"v=DKIM1; p={bare(SMALL)}", f"p={bare(SMALL)[:70]} {bare(SMALL)[70:]}"]
)
def test_a_key_of_1024_bits_fits_and_is_short(text: str) -> None:
    found = judge_dkim(RSA, Answer((text,)))
    assert levels(found) == ["look at"], told(found)
    assert "1024 bits" in found[0].said


def test_a_key_of_2048_bits_is_fine() -> None:
    key = Key("example.org", "news", generate_private_key(public_exponent=65_537, key_size=2_048))
    assert levels(judge_dkim(key, Answer((dns_record(key),)))) == ["ok"]


@pytest.mark.parametrize(
    ("answer", "level", "part"),
    [
        (Answer(), "wrong", "there is no record"),
        (Answer(trouble="silence"), "look at", "silence"),
        (Answer((dns_record(ED), dns_record(ED))), "wrong", "2 records"),
        (Answer((dns_record(RSA),)), "wrong", "it is for rsa keys, the private one is ed25519"),
        (Answer(("v=DKIM1; k=ed25519; p=",)), "wrong", "revoked"),
        (Answer(("v=DKIM1; k=ed25519",)), "wrong", "no key in it"),
        (Answer(("v=DKIM2; k=ed25519; p=x",)), "wrong", "v=DKIM1"),
        (Answer((dns_record(ED).removeprefix("v=DKIM1; ") + "; v=DKIM1",)), "wrong", "v=DKIM1"),
        (Answer(("v=DKIM1; k=ed25519; p=%%%",)), "wrong", "no public key"),
        (Answer(("v=DKIM1; k=ed25519; p=" + b64encode(b"1" * 31).decode(),)), "wrong", "no public key"),
        (
            Answer(("v=DKIM1; k=ed25519; p=" + b64encode(b"1" * 32).decode(),)),
            "wrong",
            "not that of the private",
        ),
        (Answer((dns_record(ED) + "; h=sha1",)), "wrong", "sha1 only"),
        (Answer((dns_record(ED) + "; s=tlsrpt",)), "wrong", "not for email"),
        (Answer((dns_record(ED) + "; t=y:s",)), "look at", "a test"),
        (Answer(("hello",)), "wrong", "no key in it"),
    ],
)
def test_records_that_do_not(answer: Answer, level: str, part: str) -> None:
    found = judge_dkim(ED, answer)
    assert levels(found) == [level], told(found)
    assert part in found[0].said
    assert found[0].remedy


def test_another_rsa_key() -> None:
    found = judge_dkim(RSA, Answer((f"v=DKIM1; k=rsa; p={bare(OTHER)}",)))
    assert "not that of the private one" in told(found)
    assert dns_record(RSA) in found[0].remedy
