import pytest

from publisher.clean.phrases import grade
from publisher.clean.signs import signed


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("© 2031 The Harbour Courier", "rights"),
        ("Copyright © 2031 The Harbour Courier Ltd.", "rights"),
        ("00:00 / 41:12", "tools"),
        ("Home > News > Harbour", "tools"),
        ("Startseite » Lokales » Hafen", "tools"),
        ("首页 > 新闻 > 河口", "tools"),
        ("08:00 – 12:30", ""),
        ("Eastmere > Gullwing > Seaward", ""),
        ("© is the sign that the printer had lost, and he drew it by hand", ""),
        ("3 / 4 of an hour", ""),
    ],
)
def test_what_signs_tell(text: str, family: str) -> None:
    assert signed(text) == family


def test_a_rights_line_may_have_several_sentences() -> None:
    found = grade("© The Harbour Courier. All rights reserved. This text may not be printed or sung.")
    assert found is not None
    assert (found.family, found.strength) == ("rights", "sure")


@pytest.mark.parametrize(
    "text",
    [
        "C. Weir 21:04",
        "C. Marsh, 45",
        "Share.",
        "Publicidad.",
        "分享。",
        "“Please sign in.”",
        "「続きを読む」",
    ],
)
def test_results_answers_and_speech_are_the_story_s(text: str) -> None:
    assert grade(text) is None


def test_a_sign_of_copyright_makes_a_rights_line() -> None:
    assert grade("(c) Weir 2031") is not None
