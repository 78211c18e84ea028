from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from publisher.errors import PublishError
from publisher.work import signing
from publisher.work.place import open_place
from tests.work.projects import make

SENDER = "news@post.example.org"


def test_nothing_signs_where_no_key_is_configured(tmp_path: Path) -> None:
    assert signing.signing(open_place(make(tmp_path), None, {}), SENDER) is None


def test_configured_keys_sign_and_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path)
    pem = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    (root / "key.pem").write_bytes(pem.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with (root / "publish.toml").open("a") as file:
        file.write('\n[dkim.news]\nkey = "key.pem"\n')
    place = open_place(root, None, {})
    sign = signing.signing(place, SENDER)
    assert sign is not None
    assert sign(b"From: a\r\n\r\n").startswith(b"DKIM-Signature: v=1; a=ed25519-sha256;")

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name, name="cryptography")

    monkeypatch.setattr(signing, "import_module", missing)
    with pytest.raises(PublishError, match=r"cryptography.*publisher\[dkim\]"):
        signing.signing(place, SENDER)
