from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from publisher.config.load import configure
from publisher.errors import PublishError
from publisher.newsletter.dkim import Signer
from publisher.store.dkim import load_signer

SENDER = "news@post.example.org"


def loaded(root: Path, text: str, sender: str = SENDER) -> Signer | None:
    pem = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    (root / "key.pem").write_bytes(pem.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return load_signer(root, configure("publish.toml", text, {}).dkim, sender)


def test_without_keys_nothing_signs(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") is None


def test_each_table_is_a_key_of_the_senders_domain(tmp_path: Path) -> None:
    text = (
        '[dkim.a]\nkey = "key.pem"\n[dkim.b]\nkey = "key.pem"\ndomain = "Example.org"\nrewritten = ["Date"]'
    )
    signer = loaded(tmp_path, text)
    assert signer is not None
    assert [(key.selector, key.domain, key.rewritten) for key in signer.keys] == [
        ("a", "post.example.org", frozenset()),
        ("b", "example.org", frozenset({"date"})),
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "there is no key"),
        ('key = "none.pem"', "cannot read the key: there is no such file"),
        ('key = "key.pem"\ndomain = "other.example"', "says nothing about mails from @post.example.org"),
        ('key = "key.pem"\ndomain = "t.example.org"', "says nothing about"),
        ('key = "key.pem"\nrewritten = ["from"]', "'from' has to be signed"),
    ],
)
def test_what_cannot_sign_is_named(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(PublishError, match=message):
        loaded(tmp_path, f"[dkim.news]\n{table}")


def test_a_selector_is_a_name_in_dns(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="this is no selector"):
        loaded(tmp_path, '[dkim."a;b"]\nkey = "key.pem"')
