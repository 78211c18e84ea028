"""The icons of a site."""

from io import BytesIO

import pytest
from PIL import Image

from publisher.store.pictures.icons import icons
from publisher.store.pictures.recipes import NAMES, Sign
from tests.store.pictures.samples import gradient, saved

SIZES = {
    "favicon.ico": 32,
    "apple-touch-icon.png": 180,
    "icon-192.png": 192,
    "icon-512.png": 512,
    "icon-maskable-512.png": 512,
}
LOGO = saved(gradient("RGBA", (300, 100)), "PNG")


@pytest.mark.parametrize("sign", [Sign("H", "#0f5e7a"), Sign("漢", "#ffee00"), Sign("", "#0f5e7a", LOGO)])
def test_every_icon_is_a_square_of_its_size(sign: Sign) -> None:
    made = icons(sign)
    assert tuple(made) == NAMES
    for name, side in SIZES.items():
        assert Image.open(BytesIO(made[name])).size == (side, side)
    assert icons(sign) == made


def test_what_may_be_masked_has_no_transparent_pixel() -> None:
    made = icons(Sign("", "#0f5e7a", LOGO))
    for name in ("icon-maskable-512.png", "apple-touch-icon.png"):
        image = Image.open(BytesIO(made[name])).convert("RGBA")
        assert image.getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize("raw", [b"no picture", LOGO[:50], saved(Image.new("1", (5_000, 5_000)), "PNG")])
def test_a_logo_that_cannot_be_used_is_told(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|more than"):
        icons(Sign("H", "#0f5e7a", raw))
