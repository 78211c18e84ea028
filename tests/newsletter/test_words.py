from string import Formatter

import pytest

from publisher.newsletter.words import phrases

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ar", "he")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_complete_and_its_own(language: str) -> None:
    spoken = phrases(language)
    assert language == "en" or spoken.read != phrases("en").read
    for phrase, wanted in (
        (spoken.more, "n"),
        (spoken.minutes, "n"),
        (spoken.by, "name"),
        (spoken.via, "name"),
    ):
        assert [name for _, name, _, _ in Formatter().parse(phrase) if name] == [wanted]


def test_variants_and_unknown_languages() -> None:
    assert phrases("de-AT") == phrases("de")
    assert phrases("pt-BR").unsubscribe != phrases("pt").unsubscribe
    assert phrases("xx") == phrases("en")
