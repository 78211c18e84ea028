"""What an issue says -> the marks that stand in it for a reader's own tokens; and those of the wire.

In texts a mark is a digest of the whole content: no content can hold it, since with it in it the digest
would be another. On the wire marks are bytes that neither a header nor quoted-printable ever holds.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from publisher.audience.tokens import TOKEN

# As long as what takes their place, so that no line of the frozen mail grows.
UNSUBSCRIBE = b"\xfb" * TOKEN
PREFERENCES = b"\xfc" * TOKEN
# These stand in header lines that hold nothing else.
ADDRESS, MESSAGE_ID, DATE = b"\xf8", b"\xf9", b"\xfa"


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in an issue's texts for a reader's tokens; 36 characters each, as a token has."""

    unsubscribe: str
    preferences: str


def marks(content: str) -> Marks:
    """The marks of an issue that says `content`: everything that goes into its texts, in any notation."""
    return Marks(_mark("unsubscribe", content), _mark("preferences", content))


def _mark(purpose: str, content: str) -> str:
    digest = sha256(f"{purpose}\0{content}".encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest).decode("ascii")[:TOKEN]
