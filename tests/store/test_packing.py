"""An entry comes back from the memo as it went in; anything else is a miss."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.model import Card, Edit, Entry, Finding, Heading, Image, Origin, Reference, Undated
from publisher.prose import Prose
from publisher.store import packing
from publisher.store.packing import decode_prose, encode, encode_prose

BERLIN = ZoneInfo("Europe/Berlin")
CARD = Card(
    path="a/b.md",
    id="01",
    url="/2026/03/b/",
    slug="b",
    title="Über \u0627\u0644\u0645\u0648\u0642\u0639 </script> \u2028",
    date=datetime(2026, 3, 29, 3, 30, 0, 123_456, BERLIN),
    updated=None,
    authors=("Ada", "Bob"),
    summary="",
    section="news",
    tags=("a",),
    image=Image("a.png", "alt", "credit"),
    language="de",
    featured=True,
    draft=False,
    canonical_url="https://example.org/",
    source=Origin("Wire", "https://example.org/x"),
    words=3,
    minutes=1,
)
ENTRY = Entry(
    card=CARD,
    prose=Prose("<p>text\x07</p>", "text"),
    headings=(Heading(2, "One", "one"),),
    references=(Reference("page", "b.md", "top", 4), Reference("image", "a.png", "", 5)),
    findings=(
        Finding("CL001", (3, 4), "chrome", 0.95, Edit(("x",), "source", "Wire"), True),
        Finding("LK001", (), ""),
    ),
    lines=MappingProxyType({"title": 2}),
    extra={
        "when": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
        "day": date(2026, 1, 2),
        "at": time(3, 4),
        "deep": MappingProxyType(
            {"list": [1, 2.5, None, True, ("a", "b")], "": {}, "datetime": ["datetime", "x"]}
        ),
        "large": 10**30,
        "odd": [float("inf"), -0.0, 1e-320],
        "numbers": {1: "one"},
    },
)


def decode(packed: bytes) -> Entry | Undated | None:
    return packing.decode(packed, lambda: ENTRY.prose)


def test_an_entry_survives() -> None:
    back = decode(encode(ENTRY))
    assert isinstance(back, Entry)
    assert replace(back, prose=ENTRY.prose) == ENTRY
    assert (back.html, back.text, back.prose.empty) == (ENTRY.html, ENTRY.text, False)
    assert back.card.date.isoformat() == "2026-03-29T03:30:00.123456+02:00"
    assert repr(back.extra["when"]) == repr(ENTRY.extra["when"])
    assert type(back.extra["day"]) is date
    assert repr(back.extra["odd"]) == "[inf, -0.0, 1e-320]"
    assert encode(back) == encode(ENTRY)


def test_undated_survives() -> None:
    assert decode(encode(Undated("a.md"))) == Undated("a.md")


def test_a_body_survives_and_anything_else_is_a_miss() -> None:
    packed = encode_prose(ENTRY.prose)
    assert decode_prose(packed) == ENTRY.prose
    assert decode_prose(b"") is None
    assert decode_prose(packed[:-1]) is None
    assert decode_prose(encode(ENTRY)) is None


def test_an_empty_body_is_known_without_reading_it() -> None:
    back = decode(encode(replace(ENTRY, prose=Prose("<p></p>", " \n"))))
    assert isinstance(back, Entry)
    assert back.prose.empty


@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=BERLIN)]
)
def test_the_ends_of_time(moment: datetime) -> None:
    back = decode(encode(replace(ENTRY, card=replace(CARD, date=moment, updated=moment))))
    assert isinstance(back, Entry)
    assert back.card.date.isoformat() == moment.isoformat()


@pytest.mark.parametrize(
    "packed",
    [
        *(
            b"",
            b"E",
            b"U",
            b"X{}",
            b"E[]",
            b"U{}",
            b"Unull",
            b"E" + b"[" * 10_000,
            b'U{"path": 7}',
            b"\xff\xfe",
        ),
        *(encode(ENTRY)[:-1], b"U" + encode(ENTRY)[1:]),
        encode(ENTRY).replace(b'"words":3', b'"words":"3"'),
        encode(ENTRY).replace(b'"page"', b'"sheet"'),
        encode(ENTRY).replace(b'["date","', b'["month","'),
        encode(ENTRY).replace(b'["date","2026', b'["date","x'),
        encode(ENTRY).replace(b'["int","1"]', b'["int","I"]'),
    ],
)
def test_anything_else_is_a_miss(packed: bytes) -> None:
    assert decode(packed) is None


@settings(max_examples=300)
@given(st.data())
def test_no_spoilt_byte_raises(data: st.DataObject) -> None:
    packed = bytearray(encode(ENTRY))
    packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(decode(bytes(packed)), Entry | Undated | None)


def test_what_front_matter_cannot_hold_is_a_bug() -> None:
    with pytest.raises(TypeError, match="set"):
        encode(replace(ENTRY, extra={"x": {1}}))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), plain, max_size=3))
def test_any_extra_survives(extra: dict[str, object]) -> None:
    back = decode(encode(replace(ENTRY, extra=extra)))
    assert isinstance(back, Entry)
    assert back.extra == extra
