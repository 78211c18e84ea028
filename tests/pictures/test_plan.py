"""Which files are made of a picture."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from publisher.pictures.plan import Kind, Sheet, fallback, kinds, plan, sizes
from publisher.settings import ImageSettings

DEFAULT = ImageSettings()
SIDES = st.integers(1, 30_000)
KINDS: tuple[Kind, ...] = ("jpeg", "png", "gif", "webp", "avif")
SHEETS = st.builds(Sheet, SIDES, SIDES, st.sampled_from(KINDS), st.booleans(), st.booleans(), st.booleans())


@given(SIDES, SIDES, st.lists(st.integers(16, 10_000), min_size=1, max_size=6).map(tuple))
def test_no_size_is_above_the_original_and_all_have_its_shape(
    width: int, height: int, widths: tuple[int, ...]
) -> None:
    made = sizes(Sheet(width, height, "jpeg"), widths)
    assert made
    assert all(small[0] < large[0] for small, large in pairwise(made))
    assert made[-1][0] == min(width, max(widths))
    for wide, high in made:
        assert wide <= width
        assert 1 <= high <= height
        assert abs(high - height * wide / width) <= 1


@given(SHEETS)
def test_names_are_all_different_and_the_last_format_is_for_everybody(sheet: Sheet) -> None:
    picture = plan("images/a.b.jpg", "0123456789abcdef", sheet, DEFAULT)
    paths = [variant.path for variant in picture.variants]
    assert len(set(paths)) == len(paths)
    assert all(path.startswith("images/a.b-") and ".0123456789." in path for path in paths)
    if not sheet.moving:
        assert picture.shown in picture.formats[-1]
        assert picture.largest.kind == fallback(sheet)


def test_a_photograph_has_three_formats() -> None:
    picture = plan("ferry.jpg", "0123456789abcdef", Sheet(4000, 3000, "jpeg"), DEFAULT)
    assert [each[0].kind for each in picture.formats] == ["avif", "webp", "jpeg"]
    assert [variant.width for variant in picture.formats[0]] == [320, 640, 960, 1280, 1920]
    assert (picture.shown.path, picture.shown.height) == ("ferry-1280.0123456789.jpg", 960)
    assert picture.largest.width == 1920


def test_widths_that_are_nearly_the_largest_are_left_out() -> None:
    assert [width for width, _ in sizes(Sheet(1000, 10, "png"), DEFAULT.widths)] == [320, 640, 1000]


def test_a_drawing_gets_no_avif_and_only_chosen_formats_are_made() -> None:
    assert kinds(Sheet(9, 9, "png", flat=True), DEFAULT) == ("webp", "png")
    assert kinds(Sheet(9, 9, "jpeg"), ImageSettings(formats=())) == ("jpeg",)


def test_what_mail_programs_do_not_know_becomes_what_they_know() -> None:
    assert fallback(Sheet(9, 9, "avif")) == "jpeg"
    assert fallback(Sheet(9, 9, "webp")) == "jpeg"
    assert fallback(Sheet(9, 9, "webp", alpha=True)) == "webp"
    assert fallback(Sheet(9, 9, "gif")) == "png"


def test_what_moves_is_passed_as_it_is() -> None:
    picture = plan("a.gif", "0123456789abcdef", Sheet(9, 5, "gif", moving=True), DEFAULT)
    assert (picture.shown.path, picture.shown.width, picture.variants) == ("a.gif", 9, ())
