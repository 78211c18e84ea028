"""A key to sign with and what DNS says at its selector -> what is to be said of it (RFC 6376, 3.6.1)."""

import binascii
from base64 import b64decode
from collections.abc import Iterator, Mapping

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from publisher.health.answers import Answer, unknown
from publisher.health.verdict import Verdict, fine, look, wrong
from publisher.newsletter.dkim import Key, dns_record

_LEAST, _GOOD = 1024, 2048  # bits of RSA: RFC 8301, section 3.2


def record_name(key: Key) -> str:
    """Where the public half stands: `selector._domainkey.domain`."""
    return f"{key.selector}._domainkey.{key.domain}"


def judge_dkim(key: Key, answer: Answer) -> tuple[Verdict, ...]:
    """Verdicts on the TXT records at `record_name(key)`."""
    subject = f"DKIM {record_name(key)}"
    publish = f'make it a TXT record: "{dns_record(key)}"'
    if answer.trouble:
        return (unknown(subject, answer),)
    if not answer.values:
        return (wrong(subject, "there is no record", publish),)
    if len(answer.values) > 1:
        return (wrong(subject, f"there are {len(answer.values)} records", "leave one"),)
    tags = _tags(answer.values[0])
    if problem := next(_faults(tags, key), ""):
        return (wrong(subject, problem, publish),)
    found = (*_size(subject, tags), *_testing(subject, tags))
    return found or (fine(subject, "the public key is that of the private one"),)


def _tags(text: str) -> Mapping[str, str]:
    """Tag-list (3.2): white space around names and values does not count."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def _faults(tags: Mapping[str, str], key: Key) -> Iterator[str]:
    """Why receivers could not check a signature with this record; the first is what they come upon."""
    kind, own = tags.get("k", "rsa").lower(), key.algorithm.partition("-")[0]
    if "v" in tags and (tags["v"] != "DKIM1" or next(iter(tags)) != "v"):
        yield "it does not begin with v=DKIM1"
    if not tags.get("p"):
        yield "the key is revoked (p= is empty)" if "p" in tags else "there is no key in it (p=)"
    if kind != own:
        yield f"it is for {kind} keys, the private one is {own}"
    if "h" in tags and "sha256" not in _words(tags["h"]):
        yield f"it allows {tags['h']} only, mails are signed with sha256"
    if "s" in tags and not {"*", "email"} & _words(tags["s"]):
        yield f"it is for {tags['s']}, not for email"
    public = _public(tags.get("p", ""), kind)
    if public is None:
        yield "what stands in p= is no public key"
    elif public != key.private.public_key():
        yield "its public key is not that of the private one"


def _words(value: str) -> set[str]:
    return {word.strip().lower() for word in value.split(":")}


def _public(text: str, kind: str) -> RSAPublicKey | Ed25519PublicKey | None:
    try:
        raw = b64decode("".join(text.split()), validate=True)
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(raw)
        found = load_der_public_key(raw)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return None
    return found if isinstance(found, RSAPublicKey) else None


def _size(subject: str, tags: Mapping[str, str]) -> Iterator[Verdict]:
    public = _public(tags["p"], tags.get("k", "rsa").lower())
    bits = public.key_size if isinstance(public, RSAPublicKey) else _GOOD
    remedy = "make a key of 2048 bits under a new selector"
    if bits < _LEAST:
        yield wrong(subject, f"the key has {bits} bits; receivers do not count it (RFC 8301)", remedy)
    elif bits < _GOOD:
        yield look(subject, f"the key has {bits} bits", remedy)


def _testing(subject: str, tags: Mapping[str, str]) -> Iterator[Verdict]:
    if "y" in _words(tags.get("t", "")):
        yield look(subject, "it says that it is a test (t=y)", "take t=y out")
