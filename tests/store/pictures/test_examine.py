"""What is seen of a picture; nothing in it can crash a build."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.pictures.plan import Fault, Kind, Sheet
from publisher.store.pictures.examine import examine
from tests.store.pictures.samples import animation, gradient, photo, saved

MANY = 10_000_000


@pytest.mark.parametrize(
    ("raw", "sheet"),
    [
        (saved(gradient("RGB"), "JPEG"), Sheet(64, 48, "jpeg")),
        (saved(gradient("L"), "PNG"), Sheet(64, 48, "png")),
        (saved(gradient("RGBA"), "PNG"), Sheet(64, 48, "png", alpha=True)),
        (saved(gradient("P"), "PNG"), Sheet(64, 48, "png", flat=True)),
        (saved(gradient("P"), "PNG", transparency=0), Sheet(64, 48, "png", alpha=True, flat=True)),
        (saved(gradient("P"), "GIF"), Sheet(64, 48, "gif", flat=True)),
        (saved(gradient("RGBA"), "WEBP"), Sheet(64, 48, "webp", alpha=True)),
        (saved(gradient("RGB"), "AVIF"), Sheet(64, 48, "avif")),
        (saved(gradient("CMYK"), "JPEG"), Sheet(64, 48, "jpeg")),
        (photo(6), Sheet(48, 64, "jpeg")),
        (photo(3), Sheet(64, 48, "jpeg")),
        (photo(99), Sheet(64, 48, "jpeg")),
    ],
)
def test_a_picture_is_told_by_its_bytes(raw: bytes, sheet: Sheet) -> None:
    assert examine(raw, MANY) == sheet


@pytest.mark.parametrize(("form", "kind"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")])
def test_what_moves_is_seen(form: str, kind: Kind) -> None:
    seen = examine(animation(form), MANY)
    assert isinstance(seen, Sheet)
    assert (seen.kind, seen.moving) == (kind, True)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 50,000 × 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_bomb_is_never_unfolded() -> None:
    seen = examine(bomb(), 100_000_000)
    assert isinstance(seen, Fault)
    assert seen.code == "IM005"
    assert "50000 × 50000" in seen.message


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 500,
        b"<html><script>alert(1)</script></html>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        photo()[: len(photo()) // 2],
        saved(gradient("RGB"), "PNG")[:-60],
        saved(gradient("RGB"), "WEBP")[:60],
        saved(gradient("RGB"), "AVIF")[:200],
        saved(gradient("RGB"), "TIFF"),
    ],
)
def test_what_is_no_whole_picture_is_a_fault(raw: bytes) -> None:
    seen = examine(raw, MANY)
    assert isinstance(seen, Fault)
    assert seen.code == "IM004"
    assert "0x" not in seen.message, "an object's address would differ from run to run"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2_000), st.sampled_from([photo(), animation("WEBP"), bomb()]))
def test_damage_never_raises(noise: bytes, place: int, raw: bytes) -> None:
    place %= len(raw)
    assert isinstance(examine(raw[:place] + noise + raw[place + len(noise) :], MANY), Sheet | Fault)
