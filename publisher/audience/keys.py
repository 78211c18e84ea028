"""The publication's secrets -> short proofs that something was made by it (HMAC-SHA-256, RFC 2104)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

# Mail servers change the case of what stands before the @.
KEY_IDS = "abcdefghijklmnopqrstuvwxyz0123456789"
LENGTH = 32  # bytes of a secret
PROOF = 16  # bytes of a proof: 128 bits


@lru_cache(maxsize=64)
def _own(secret: bytes, purpose: str) -> bytes:
    """The secret of one purpose."""
    return hmac.digest(secret, purpose.encode(), sha256)


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets by their id (one of KEY_IDS). New proofs are made with `current`, old ones stay valid."""

    current: str
    secrets: Mapping[str, bytes]

    def prove(self, purpose: str, text: bytes, key: str = "") -> bytes:
        """16 bytes that only who has the secret can make. What proves one purpose proves no other."""
        return hmac.digest(_own(self.secrets[key or self.current], purpose), text, sha256)[:PROOF]

    def proves(self, purpose: str, text: bytes, proof: bytes, key: str) -> bool:
        """Whether `proof` was made by `prove`, in constant time; False for a key nobody has."""
        return key in self.secrets and hmac.compare_digest(self.prove(purpose, text, key), proof)
