from datetime import UTC, datetime

import pytest

from publisher.site.words import direction, words

MARCH = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "5 March 2026"),
        ("en-US", "March 5, 2026"),
        ("de-AT", "5. März 2026"),
        ("fr", "5 mars 2026"),
        ("es", "5 de marzo de 2026"),
        ("ar", "5 مارس 2026"),
        ("he", "5 במרץ 2026"),
        ("tlh", "5 March 2026"),
    ],
)
def test_dates_read_as_the_language_writes_them(language: str, day: str) -> None:
    assert words(language).date(MARCH) == day


def test_the_first_of_a_month_is_an_ordinal_in_french_and_italian() -> None:
    assert words("fr").date(MARCH.replace(day=1)) == "1er mars 2026"
    assert words("it").date(MARCH.replace(day=1)) == "1º marzo 2026"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "ar", "he", "en-us", "pt-br"])
def test_every_language_is_complete(language: str) -> None:
    spoken = words(language)
    assert len(set(spoken.months)) == 12
    assert "7" in spoken.reading(7)
    assert "2" in spoken.page_number(2)
    assert "2026" in spoken.month_of(2026, 3)
    every = [getattr(spoken, name) for name in spoken.__dataclass_fields__ if name != "months"]
    assert all(every)
    assert not [phrase for phrase in (spoken.reading(7), spoken.page_number(2)) if "{" in phrase]


def test_direction_is_that_of_the_first_subtag() -> None:
    assert direction("ar-EG") == direction("HE") == "rtl"
    assert direction("en") == direction("arn") == "ltr"
