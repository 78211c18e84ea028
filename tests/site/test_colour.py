import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.site.colour import DARK_SURFACE, LIGHT_SURFACE, accents, contrast, parse, readable
from tests.site.samples import theme

CHANNEL = st.integers(0, 255)
PALETTE = re.compile(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def schemes() -> list[dict[str, str]]:
    """The colours of style.css, light and dark."""
    found = PALETTE.findall(theme()["style.css"].text)
    return [{name: light for name, light, _ in found}, {name: dark for name, _, dark in found}]


@given(st.tuples(CHANNEL, CHANNEL, CHANNEL))
def test_any_accent_becomes_readable_on_either_paper(colour: tuple[int, int, int]) -> None:
    for surface in (LIGHT_SURFACE, DARK_SURFACE):
        assert contrast(readable(colour, parse(surface)), parse(surface)) >= 4.5


def test_a_readable_accent_stays_as_it_is() -> None:
    assert readable(parse("#a4262c"), parse(LIGHT_SURFACE)) == parse("#a4262c")
    assert "--brand:#a4262c;--accent:light-dark(#a4262c," in accents("#A4262C")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(parse("#000"), parse("#ffffff")) == pytest.approx(21)
    assert contrast(parse("#777777"), parse("#fff")) == pytest.approx(4.48, abs=0.005)


def test_the_surfaces_are_those_of_the_style_sheet() -> None:
    assert [scheme["panel"] for scheme in schemes()] == [LIGHT_SURFACE, DARK_SURFACE]


def test_all_text_of_the_theme_is_readable_in_both_schemes() -> None:
    for scheme in schemes():
        assert len(scheme) == 8
        for surface in ("paper", "panel"):
            for name in ("ink", "soft", "k", "s", "f"):
                assert contrast(parse(scheme[name]), parse(scheme[surface])) >= 4.5, (name, surface)


@pytest.mark.parametrize("text", ["red", "#12345", "", "#gggggg", "#fff;}body{display:none"])
def test_what_is_no_colour_is_an_error_with_a_hint(text: str) -> None:
    with pytest.raises(PublishError, match="is not a colour") as caught:
        accents(text)
    assert caught.value.where == "accent"
