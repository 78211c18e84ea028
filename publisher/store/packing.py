"""What compiling an article gave in, bytes for the memo out; and back, or None where they are no good.

JSON by msgspec, read with strict types. A moment keeps its offset from UTC, not the name of its zone.
"""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

import msgspec

from publisher.model import Entry, Undated

_Tagged = list[object]
_ENTRY, _UNDATED = b"E", b"U"
_entry = msgspec.json.Decoder(Entry, strict=True)
_undated = msgspec.json.Decoder(Undated, strict=True)
_encoder = msgspec.json.Encoder()


def encode(value: Entry | Undated) -> bytes:
    """Raises TypeError for something in `extra` that front matter cannot hold."""
    if isinstance(value, Undated):
        return _UNDATED + _encoder.encode(value)
    tagged = {key: _tag(each) for key, each in value.extra.items()}
    return _ENTRY + _encoder.encode(dataclasses.replace(value, lines=dict(value.lines), extra=tagged))


def decode(packed: bytes, made_from: str = "") -> Entry | Undated | None:
    """None for bytes that `encode` has not made, or not for these types."""
    kind, body = packed[:1], packed[1:]
    try:
        if kind == _UNDATED:
            return _undated.decode(body)
        if kind == _ENTRY:
            entry = _entry.decode(body)
            extra = {key: _untag(each) for key, each in entry.extra.items()}
            return dataclasses.replace(entry, extra=extra, made_from=made_from)
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return None


def settle(value: Entry | Undated) -> Entry | Undated:
    """The value as the memo would give it back: what was just compiled then equals what was remembered."""
    settled = decode(encode(value))
    if settled is None:
        raise TypeError(f"{type(value).__name__} does not survive the memo")
    return settled


def _tag(value: object) -> _Tagged:
    """`extra` has no schema, and JSON neither dates nor tuples: each value goes with its type."""
    match value:
        case None | bool() | str():
            return ["", value]
        case int() | float():
            return [type(value).__name__, repr(value)]
        case datetime() | date() | time():
            return [type(value).__name__, value.isoformat()]
        case list() | tuple():
            return [type(value).__name__, [_tag(each) for each in value]]
        case Mapping():
            return ["mapping", [[_tag(key), _tag(each)] for key, each in value.items()]]
    raise TypeError(f"{type(value).__name__} has no place in front matter")


def _untag(tagged: object) -> object:
    match tagged:
        case ["", None | bool() | str() as plain]:
            return plain
        case ["int" | "float" | "datetime" | "date" | "time" as kind, str() as text]:
            return _FROM_TEXT[kind](text)
        case ["list", list() as items]:
            return [_untag(each) for each in items]
        case ["tuple", list() as items]:
            return tuple(_untag(each) for each in items)
        case ["mapping", list() as items]:
            return {_untag(key): _untag(each) for key, each in items}
    raise ValueError("not a tagged value")


_FROM_TEXT: dict[str, Callable[[str], object]] = {
    "int": int,
    "float": float,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
