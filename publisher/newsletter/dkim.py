"""A finished mail and the sender's keys in -> the mail with a signature of each out (DKIM, RFC 6376, 8463).

Canonicalisation is relaxed/relaxed, there is no `l=`. Every field that is signed is named once more in `h=`
than it occurs: nobody can add a second Subject or From on the way without breaking the signature (RFC 6376,
8.15). Both headers for leaving are covered, as RFC 8058 asks. The same mail gets the same signature.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from publisher.errors import PublishError

_BITS = 2048
_NO_MAIL = "a mail is header fields, an empty line and a body, in lines ended by CRLF"
_LINE = 72
# RFC 6376, 5.4.1, and what tells the parts of the body. What relays add on the way is not here.
_FIELDS = (
    *("from", "to", "cc", "reply-to", "subject", "date", "message-id", "mime-version", "content-type"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post"),
)
_NAME = re.compile(rb"[!-9;-~]+")
_FIELD_END = re.compile(rb"\r\n(?![ \t])")
_SPACE = re.compile(rb"[ \t]{2,}|\t")
_LINE_END_SPACE = re.compile(rb"[ \t]+\r\n")


@dataclass(frozen=True, slots=True)
class Key:
    """A private key and under which name its public half stands in DNS: `selector._domainkey.domain`.

    `rewritten`: fields (in small letters) that the relay writes anew, so that they cannot be signed.
    """

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey
    rewritten: frozenset[str] = frozenset()

    @property
    def algorithm(self) -> str:
        """As `a=` names it."""
        return "rsa-sha256" if isinstance(self.private, RSAPrivateKey) else "ed25519-sha256"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with each of its keys; receivers take the one that they understand."""

    keys: tuple[Key, ...]

    def sign(self, message: bytes) -> bytes:
        """The same mail with the signatures on top. It must be the last that is changed.

        Raises ValueError for what is no mail: header lines without a name, or not ended by CRLF.
        """
        head, gap, body = message.partition(b"\r\n\r\n")
        if not gap:
            raise ValueError(_NO_MAIL)
        fields = tuple(map(_field, _FIELD_END.split(head)))
        digest = b64encode(sha256(_relaxed_body(body)).digest()).decode("ascii")
        return b"".join((*(_signature(key, fields, digest) for key in self.keys), message))


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    relaxed: bytes


def read_key(pem: bytes, where: str) -> RSAPrivateKey | Ed25519PrivateKey:
    """The private key in a PEM file. Raises PublishError for another kind, and for RSA below 2048 bits."""
    make = "openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048, or -algorithm ed25519"
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise PublishError(where, "the key has a password", "keep a key without one here") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PublishError(where, "this is no private key in PEM", make) from error
    if isinstance(key, Ed25519PrivateKey):
        return key
    if not isinstance(key, RSAPrivateKey):
        raise PublishError(where, "DKIM knows RSA and Ed25519 keys only", make)
    if key.key_size < _BITS:
        raise PublishError(where, f"an RSA key of {key.key_size} bits is too weak", make)
    return key


def dns_record(key: Key) -> str:
    """What the TXT record at `selector._domainkey.domain` says (RFC 6376, 3.6.1; RFC 8463, 4)."""
    public = key.private.public_key()
    if isinstance(key.private, RSAPrivateKey):
        raw = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={b64encode(raw).decode('ascii')}"
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={b64encode(raw).decode('ascii')}"


def _field(raw: bytes) -> _Field:
    """A field and its relaxed form (RFC 6376, 3.4.2). Raises ValueError for what is none."""
    name, colon, value = raw.replace(b"\r\n", b"").partition(b":")
    name = name.rstrip(b" \t").lower()
    if not colon or not _NAME.fullmatch(name) or b"\r" in value or b"\n" in value:
        raise ValueError(_NO_MAIL)
    return _Field(name.decode("ascii"), name + b":" + _SPACE.sub(b" ", value).strip(b" ") + b"\r\n")


def _relaxed_body(body: bytes) -> bytes:
    """RFC 6376, 3.4.4: spaces in one form, no empty lines at the end."""
    if b"\t" in body or b"  " in body:
        body = _SPACE.sub(b" ", body)
    if b" \r\n" in body:
        body = _LINE_END_SPACE.sub(b"\r\n", body)
    body = body.removesuffix(b" ")
    while body.endswith(b"\r\n\r\n"):
        body = body.rstrip(b"\r\n") + b"\r\n"
    if body == b"\r\n":
        return b""
    return body if body.endswith(b"\r\n") or not body else body + b"\r\n"


def _signature(key: Key, fields: Sequence[_Field], digest: str) -> bytes:
    """The DKIM-Signature field, folded."""
    names, signed = _chosen(fields, key.rewritten)
    start = (
        f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed;\r\n"
        f" d={key.domain}; s={key.selector};\r\n{_folded('h=', names)};\r\n bh={digest};\r\n b="
    ).encode("ascii")
    own = _field(start)
    value = b64encode(_proof(key, signed + own.relaxed.removesuffix(b"\r\n")))
    lines = (value[at : at + _LINE] for at in range(0, len(value), _LINE))
    return start + b"\r\n ".join(lines) + b"\r\n"


def _chosen(fields: Sequence[_Field], rewritten: frozenset[str]) -> tuple[list[str], bytes]:
    """The names for `h=`, each once more than it occurs, and what they stand for: the last field first."""
    names, signed = [], []
    for name in _FIELDS:
        if name not in rewritten:
            present = [field.relaxed for field in fields if field.name == name]
            names += [name] * (len(present) + 1)
            signed += present[::-1]
    return names, b"".join(signed)


def _folded(tag: str, names: list[str]) -> str:
    lines = [f" {tag}{names[0]}"]
    for name in names[1:]:
        if len(lines[-1]) + len(name) + 2 > _LINE:
            lines[-1] += ":"
            lines.append(f"  {name}")
        else:
            lines[-1] += f":{name}"
    return "\r\n".join(lines)


def _proof(key: Key, data: bytes) -> bytes:
    if isinstance(key.private, RSAPrivateKey):
        return key.private.sign(data, PKCS1v15(), SHA256())
    return key.private.sign(sha256(data).digest())  # RFC 8463, 3: over the digest
