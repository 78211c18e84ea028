"""What compiling an article gave in, bytes for the memo out; and back, or None where they are no good.

JSON by msgspec, read with strict types. A moment keeps its offset from UTC, not the name of its zone. The
body is packed by itself: most builds look at the bodies of few articles.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

import msgspec

from publisher.model import Card, Entry, Finding, Heading, Reference, Undated
from publisher.prose import Distant, Prose

_Tagged = list[object]
_ENTRY, _UNDATED = b"E", b"U"


class _Outline(msgspec.Struct, array_like=True):
    """An entry but for its body, of which it says whether it is `empty`."""

    card: Card
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    lines: dict[str, int]
    extra: dict[str, object]
    keywords: str
    standfirst: str
    written: str
    seen: str
    empty: bool


_outline = msgspec.json.Decoder(_Outline, strict=True)
_undated = msgspec.json.Decoder(Undated, strict=True)
_encoder = msgspec.json.Encoder()
_prose = msgspec.msgpack.Decoder(Prose)


def encode(value: Entry | Undated) -> bytes:
    """An entry without its body. Raises TypeError for something in `extra` that front matter cannot hold."""
    if isinstance(value, Undated):
        return _UNDATED + _encoder.encode(value)
    tagged: dict[str, object] = {key: _tag(each) for key, each in value.extra.items()}
    outline = _Outline(
        card=value.card,
        headings=value.headings,
        references=value.references,
        findings=value.findings,
        lines=dict(value.lines),
        extra=tagged,
        keywords=value.keywords,
        standfirst=value.standfirst,
        written=value.written,
        seen=value.seen,
        empty=value.prose.empty,
    )
    return _ENTRY + _encoder.encode(outline)


def decode(packed: bytes, ask: Callable[[], Prose], made_from: str = "") -> Entry | Undated | None:
    """None for bytes that `encode` has not made, or not for these types. Who reads the body asks for it."""
    kind, body = packed[:1], packed[1:]
    try:
        if kind == _UNDATED:
            return _undated.decode(body)
        if kind == _ENTRY:
            return _entry(_outline.decode(body), ask, made_from)
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return None


def encode_prose(prose: Prose) -> bytes:
    """The body of an entry."""
    return msgspec.msgpack.encode(Prose(prose.html, prose.text))


def decode_prose(packed: bytes) -> Prose | None:
    """None for bytes that `encode_prose` has not made."""
    try:
        return _prose.decode(packed)
    except (msgspec.MsgspecError, ValueError):
        return None


def _entry(told: _Outline, ask: Callable[[], Prose], made_from: str) -> Entry:
    extra = {key: _untag(each) for key, each in told.extra.items()} if told.extra else {}
    found = told.headings, told.references, told.findings, told.lines, extra
    marks = told.keywords, told.standfirst, told.written, told.seen, made_from
    return Entry(told.card, Distant(ask, told.empty), *found, *marks)


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
