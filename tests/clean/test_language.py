"""Which language a text is in, when that is beyond doubt."""

import pytest

from publisher.clean.language import spoken

ENGLISH = (
    "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months, and "
    "the mayor has promised that the ferry will be there by Monday. Engineers had found cracks in two "
    "of its seven arches, which were built in 1911 and have not been repaired since the great storm. "
    "Their report was read to the public at the town hall, and many of those who came had crossed it "
    "on their way from the station."
)
GERMAN = (
    "Der Rat von Eastmere hat am Dienstag beschlossen, die alte Hafenbrücke für neun Monate zu "
    "sperren, und die Bürgermeisterin hat versprochen, dass die Fähre am Montag fährt. Ingenieure "
    "hatten Risse in zwei der sieben Bögen gefunden, die im Jahr 1911 gebaut und seit dem großen "
    "Sturm nicht mehr repariert wurden. Der Bericht ist im Rathaus vorgelesen worden, und viele, die "
    "gekommen waren, sind auf dem Weg vom Bahnhof über die Brücke gegangen."
)
RUSSIAN = "Совет решил во вторник закрыть старый мост в гавани на девять месяцев, и мэр обещал паром. " * 5
JAPANESE = "市議会は火曜日の夜、古い港の橋を九か月間閉鎖することを決めた。" * 4


@pytest.mark.parametrize(
    ("text", "given", "found"),
    [
        (ENGLISH, "de", "en"),
        (GERMAN, "en", "de"),
        (JAPANESE, "en", "ja"),
        (ENGLISH, "ja", "en"),
        (RUSSIAN, "en", "ru"),
        (RUSSIAN, "ru", ""),
        (RUSSIAN, "uk", ""),
        (ENGLISH, "en", ""),
        (GERMAN, "de", ""),
        (JAPANESE, "ja", ""),
        (ENGLISH, "fi", ""),
        (ENGLISH[:100], "de", ""),
    ],
)
def test_a_language(text: str, given: str, found: str) -> None:
    assert spoken([text], given) == found


def test_two_languages_that_read_alike_are_not_told_apart() -> None:
    danish = "Der er ikke noget at gøre ved det, og det har de også sagt til os på mødet, som var i går. " * 6
    assert spoken([danish], "no") == ""


def test_a_text_in_two_halves_is_in_no_other_language() -> None:
    assert spoken([GERMAN, ENGLISH], "de") == ""
