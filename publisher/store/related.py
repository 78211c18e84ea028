"""What is known of related articles -> `.publish/related`, and back."""

from pathlib import Path

import msgspec

from publisher.similar.related import Known as Known  # noqa: PLC0414 - given on with what is known
from publisher.store.sealed import seal, unseal

_NAME = "related"
_known = msgspec.msgpack.Decoder(Known)


def load(state: Path) -> Known:
    """Empty if nothing is known."""
    try:
        return _known.decode(unseal(state / _NAME) or b"\x80")
    except (msgspec.MsgspecError, ValueError):
        return Known()


def save(state: Path, known: Known) -> None:
    """Keeps it for the next build."""
    seal(state / _NAME, msgspec.msgpack.encode(known))
