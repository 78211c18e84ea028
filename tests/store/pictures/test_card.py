"""Cards for links to articles without a picture."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publisher.store.pictures.card import draw, legible, wrap
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
