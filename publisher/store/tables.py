"""What the cleaner has made of its data files -> `.publish/tables`, and back."""

from contextlib import suppress
from pathlib import Path

from publisher.clean.prepared import pack, unpack
from publisher.store.sealed import seal, unseal

_NAME = "tables"


def load(state: Path) -> None:
    """Before the first article is cleaned."""
    with suppress(ValueError):
        unpack(unseal(state / _NAME) or b"\x80")


def save(state: Path) -> None:
    """Keeps the tables that this process had to make."""
    packed = pack()
    if packed is not None:
        seal(state / _NAME, packed)
