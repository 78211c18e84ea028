"""The lexicon: whole lines only, in any dress, in many languages; every file reads and is used."""

import pytest

from publisher.clean.phrases import FAMILIES, grade, says, tables

KEYS = {
    "sure", "likely", "calls", "things", "ours", "prefixes", "headings", "labels", "updated", "words",
    "months", "weekdays", "by", "staff", "roles", "photo", "sources",
    "notes", "agencies", "verbs", "common", "buttons", "paywall", "more",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("SHARE THIS ARTICLE", "share"),
        ("**[Share on Facebook](https://example.org/share)**", "share"),
        ("Read more »", "related"),
        ("View comments (12)", "comments"),
        ("12 Kommentare", "comments"),
        ("Article continues below", "ads"),
        ("Reklam", "ads"),
        ("この記事をシェア", "share"),
        ("関連記事", "related"),
        ("延伸阅读", "related"),
        ("Читайте также", "related"),
        ("관련기사", "related"),
        ("© 2031 Eastmere Courier. All rights reserved.", "rights"),
        ("Join thousands of happy harbour readers", "newsletter"),
        ("Lesen Sie auch: Die Fähre kommt später", "related"),
    ],
)
def test_a_line_of_furniture(text: str, family: str) -> None:
    found = grade(text)
    assert found is not None
    assert found.family == family


@pytest.mark.parametrize(
    "text",
    [
        "Read more slowly, the old teacher told the ferrymen, and you will arrive sooner.",
        "Share prices fell",
        "Advertisement rates fell by a third, the council heard on Monday.",
        "“Sign up for our newsletter,” she said, and nobody did.",
        "",
        "***",
        "Follow us through the valley",
    ],
)
def test_a_line_of_the_story(text: str) -> None:
    assert grade(text) is None


def test_every_lexicon_has_known_keys_and_plain_phrases() -> None:
    assert {
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "sv",
        "no",
        "da",
        "pl",
        "tr",
        "ru",
        "ja",
        "zh",
        "ko",
    } <= tables().keys()
    for language, table in tables().items():
        assert set(table) <= {*FAMILIES, "bylines", "speech", "glued", "truncated"}, language
        for family, entry in table.items():
            assert set(entry) <= KEYS, (language, family)
            assert all(phrase == phrase.lower() for key in entry for phrase in entry[key]), (
                language,
                family,
            )


@pytest.mark.parametrize(
    "text",
    [
        "Support our journalism, it says in the box, and someone has scratched out the word.",
        "Abonnieren Sie unseren Newsletter, steht auf jeder Fahrkarte der Fähre.",
        "Suscríbete a nuestro boletín, dice cada billete del barco.",
    ],
)
def test_a_call_that_someone_reports_is_no_call(text: str) -> None:
    assert grade(text) is None


def test_a_phrase_of_one_key() -> None:
    assert says("truncated", "paywall", "Subscribe to continue reading.")
    assert not says("truncated", "paywall", "He had to subscribe to the paper, he told us.")


def test_months_are_twelve_or_none() -> None:
    assert all(len(table["stamps"]["months"]) in {0, 12} for table in tables().values())
