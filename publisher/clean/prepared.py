"""Tables made from the data files -> bytes that somebody may keep, and back.

To make them takes longer than to clean twenty articles. A table is made when it is first asked for; what
was kept is read instead. Whoever keeps it makes sure that it is whole, and of this program.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeVar, get_type_hints

import msgspec

T = TypeVar("T")
_kept: dict[str, msgspec.Raw] = {}
_made: dict[str, bytes] = {}
_parts = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


def prepared(function: Callable[..., T]) -> Callable[..., T]:
    """As `functools.cache`, for a function of texts whose answers are values with a type and no secrets."""

    @cache
    def answer(*given: str) -> T:
        name = " ".join((function.__module__, function.__qualname__, *given))
        if name in _kept:
            value: T = msgspec.msgpack.decode(_kept[name], type=get_type_hints(function)["return"])
            return value
        made = function(*given)
        _made[name] = msgspec.msgpack.encode(made)  # as it is now: some remember what they were asked
        return made

    return answer


def pack() -> bytes | None:
    """All tables of this process; None if none was made in it."""
    if not _made:
        return None
    return msgspec.msgpack.encode(_kept | {name: msgspec.Raw(raw) for name, raw in _made.items()})


def unpack(packed: bytes) -> None:
    """What `pack` gave, for tables that nobody has asked for yet. Raises ValueError for other bytes."""
    _kept.update(_parts.decode(packed))
