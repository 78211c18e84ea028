"""Cards for links to articles without a picture."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from publisher.store.pictures.card import draw, wrap
from publisher.store.pictures.lettering import font, legible, length, write
from publisher.store.pictures.recipes import Face

ACCENT = "#0f5e7a"


@pytest.mark.parametrize("title", ["Short", "Łódź – für “alle”", "word " * 200, "W" * 400, "", "הים", "潮🌊"])
def test_a_card_is_small_and_of_the_size_that_networks_show(title: str) -> None:
    raw = draw(Face(title, "Harbour", "The Ledger", ACCENT))
    image = Image.open(BytesIO(raw))
    assert (image.size, image.format) == ((1200, 630), "PNG")
    assert len(raw) < 60_000


@pytest.mark.parametrize("title", ["הים", "مرحبا", "東京の港", "🌊 waves", "e\u0304\u0301x"])
def test_what_the_font_cannot_write_gives_the_card_of_the_brand(title: str) -> None:
    card = draw(Face(title, "Harbour", "The Ledger", ACCENT))
    assert card == draw(Face("The Ledger", "", "", ACCENT))
    assert draw(Face(title, "x", title, ACCENT)) == draw(Face("", "", "", ACCENT))


def test_a_card_has_the_colours_it_was_drawn_with() -> None:
    image = Image.open(BytesIO(draw(Face("A title", "Harbour", "The Ledger", ACCENT)))).convert("RGB")
    assert image.getpixel((600, 8)) == (15, 94, 122)
    assert image.getpixel((600, 60)) == image.getpixel((1199, 629)) == (255, 253, 249)
    shades = {colour for _, colour in image.getcolors() or ()}
    assert (28, 26, 23) in shades
    assert len(shades) == 16


def test_each_part_is_on_it_and_equal_words_give_equal_bytes() -> None:
    faces = [Face("A", "B", "C", ACCENT), Face("X", "B", "C", ACCENT), Face("A", "X", "C", ACCENT)]
    faces += [Face("A", "B", "X", ACCENT), Face("A", "B", "C", "#a4262c")]
    assert len({draw(face) for face in faces}) == len(faces)
    assert draw(faces[0]) == draw(Face("A", "B", "C", ACCENT))


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("abcW ,.ß—"), max_size=300))
def test_wrapping_loses_no_letter(text: str) -> None:
    assert "".join(wrap(text, 92)).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_drawn_or_left_out(text: str) -> None:
    assert legible(text) in {"", " ".join(legible(text).split())}
    assert draw(Face(text, text, "The Ledger", ACCENT))


@pytest.mark.parametrize("size", [92, 50, 36])
@pytest.mark.parametrize("text", ["Office fjord", "Tide, 1984: Łódź", "AVATAR? Yes!", "über-affen fünf"])
def test_letters_drawn_once_stand_where_pillow_sets_them(text: str, size: int) -> None:
    ours, theirs = Image.new("L", (1200, 130)), Image.new("L", (1200, 130))
    write(ours, (20, 5), text, size, 255)
    ImageDraw.Draw(theirs).text((20, 5), text, fill=255, font=font(size), anchor="la")
    assert length(text, size) == font(size).getlength(text)
    # Where two letters touch, one of the pictures adds their edges up.
    off = [value for value in ImageChops.difference(ours, theirs).tobytes() if value > 1]
    assert len(off) <= 2 * len(text)
    assert max(off, default=0) < 128


@pytest.mark.parametrize("sign", "“”„…%½«»‰")
def test_signs_made_of_others_are_as_wide_as_they_are(sign: str) -> None:
    image = Image.new("L", (400, 130))
    write(image, (10, 5), sign, 92, 255)
    box = image.getbbox()
    assert box
    assert box[2] - 10 <= length(sign, 92) <= box[2] - 10 + 10


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("abcW ,.ß—"), max_size=300))
def test_no_line_is_wider_than_the_card(text: str) -> None:
    assert all(length(line, 92) <= 1040 for line in wrap(text, 92))
