"""What is made of a picture: its pixels in other sizes and formats, and nothing else of it."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publisher.pictures.plan import Sheet, plan
from publisher.settings import ImageSettings
from publisher.store.pictures.encode import encode
from publisher.store.pictures.examine import examine
from tests.store.pictures.samples import COMMENT, GPS, MAKER, gradient, photo, saved

SMALL = ImageSettings(widths=(16, 40))
MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("P", "L"),
    "AVIF": ("RGB", "RGBA"),
}
KINDS = sorted((form, mode) for form, modes in MODES.items() for mode in modes)


def made(raw: bytes, wanted: ImageSettings = SMALL) -> dict[str, Image.Image]:
    """Every file of a picture, decoded, by its name."""
    sheet = examine(raw, 1_000_000)
    assert isinstance(sheet, Sheet)
    picture = plan("a.x", "0123456789abcdef", sheet, wanted)
    files = dict(encode(raw, picture, sheet.flat))
    assert set(files) == set(picture.variants)
    decoded: dict[str, Image.Image] = {}
    for variant, content in files.items():
        image = Image.open(BytesIO(content))
        assert (image.size, image.format) == ((variant.width, variant.height), variant.kind.upper())
        image.load()
        decoded[variant.path] = image
    return decoded


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(KINDS), st.integers(1, 70), st.integers(1, 70))
def test_any_picture_passes(kind: tuple[str, str], width: int, height: int) -> None:
    form, mode = kind
    images = made(saved(gradient(mode, (width, height)), form))
    assert max(image.width for image in images.values()) == min(width, 40)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_nothing_but_pixels_comes_out_the_right_way_up(orientation: int) -> None:
    raw = photo(orientation)
    assert MAKER.encode() in raw
    assert GPS.encode() in raw
    for image in made(raw).values():
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & image.info.keys()
        assert (image.width < image.height) is (orientation >= 5)
        grey = image.convert("L")
        corners = [grey.getpixel((x, y)) for x in (1, grey.width - 2) for y in (1, grey.height - 2)]
        assert _lightest(corners) == _LIGHT[orientation]


_LIGHT = {1: "right", 2: "left", 3: "left", 4: "right", 5: "bottom", 6: "bottom", 7: "top", 8: "top"}


def _lightest(corners: Sequence[object]) -> str:
    top_left, bottom_left, top_right, bottom_right = (int(str(each)) for each in corners)
    sides = {
        "left": top_left + bottom_left,
        "right": top_right + bottom_right,
        "top": top_left + top_right,
        "bottom": bottom_left + bottom_right,
    }
    return max(sides, key=lambda side: sides[side])


def test_no_word_of_the_metadata_is_in_any_file() -> None:
    raw = photo()
    sheet = examine(raw, 1_000_000)
    assert isinstance(sheet, Sheet)
    for _, content in encode(raw, plan("a.x", "0123456789", sheet, SMALL)):
        for trace in (GPS.encode(), MAKER.encode(), COMMENT, b"Exif", b"http://ns.adobe.com"):
            assert trace not in content


def half_clear() -> bytes:
    """A palette whose first colour is transparent: the left half."""
    image = Image.new("P", (64, 48))
    image.putpalette([0, 0, 0, 200, 30, 30])
    image.paste(1, (32, 0, 64, 48))
    return saved(image, "PNG", transparency=0)


@pytest.mark.parametrize("raw", [saved(gradient("RGBA"), "PNG"), half_clear()], ids=["alpha", "palette"])
def test_transparency_stays(raw: bytes) -> None:
    for image in made(raw).values():
        low, high = image.convert("RGBA").getchannel("A").getextrema()
        assert (int(str(low)) < 30, int(str(high)) > 220) == (True, True)


def test_sixteen_bits_keep_their_brightness() -> None:
    for image in made(saved(gradient("I;16"), "PNG")).values():
        low, high = image.convert("L").getextrema()
        assert int(str(low)) < 20
        assert int(str(high)) > 235


def test_equal_bytes_give_equal_bytes() -> None:
    raw = photo(6)
    sheet = examine(raw, 1_000_000)
    assert isinstance(sheet, Sheet)
    picture = plan("a.x", "0123456789", sheet, SMALL)
    assert [content for _, content in encode(raw, picture)] == [
        content for _, content in encode(raw, picture)
    ]


def test_a_damaged_profile_is_left_out() -> None:
    assert made(saved(gradient("RGB"), "PNG", icc_profile=b"no profile at all"))
