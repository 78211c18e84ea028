"""The lexicon: whole lines only, in any dress, in many languages; every file reads and is used."""

import tomllib
from importlib.resources import files

import pytest

from publisher.clean.books import FAMILIES
from publisher.clean.phrases import grade, says
from publisher.clean.tables import read, tables

KEYS = {
    "sure", "likely", "notices", "together", "calls", "things", "ours", "prefixes", "headings", "labels",
    "updated", "words", "months", "weekdays", "by", "staff", "roles", "photo", "sources",
    "notes", "agencies", "verbs", "common", "buttons", "paywall", "more", "home",
    "edit", "counted",
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
        (
            "READ MORE: Eastmere's new ferry is the fastest on the estuary, and it costs less than before",
            "related",
        ),
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
        "More: the ferry is the fastest on the estuary, the mayor said, and it costs less than the bridge.",
        "More: “The ferry is the fastest on the estuary, and it costs us less than the old bridge ever did.”",
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
        assert set(table) <= {*FAMILIES, "bylines", "speech", "glued", "truncated", "file"}, language
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


def test_the_files_are_read_as_the_toml_that_they_are() -> None:
    folder = files("publisher.clean") / "lexicon"
    for language in tables():
        text = (folder / f"{language}.toml").read_text(encoding="utf-8")
        assert read(text) == tomllib.loads(text), language


def test_a_sure_phrase_counts_before_a_likely_one_and_a_heading_leads() -> None:
    listed = grade("share on facebook")
    assert listed is not None
    assert listed.strength == "sure"
    heading = grade("Related articles")
    assert heading is not None
    assert heading.leads


def test_a_notice_is_sure_with_its_full_stop_and_other_open_phrases_are_not() -> None:
    notice = grade("This transcript was generated automatically and may contain errors.")
    assert notice is not None
    assert notice.strength == "sure"
    asked = grade("Sign up to receive the news from the harbour in your inbox.")
    assert asked is None or asked.strength == "likely"


@pytest.mark.parametrize(
    "text",
    [
        "Čtěte také",
        "Kapcsolódó cikkek",
        "Διαβάστε επίσης",
        "Lue myös",
        "Baca juga",
        "قراءة",
        "اقرأ أيضا",
        "קראו גם",
    ],
)
def test_headings_of_lists_in_more_languages(text: str) -> None:
    found = grade(text)
    assert (found is not None and found.leads) == (text != "قراءة")


@pytest.mark.parametrize(
    "text",
    [
        "Lue lisää kirjoja, sanoi opettaja",
        "شارك في الاجتماع عدد من الوزراء",
        "Még több eső várható a hétvégén",
    ],
)
def test_lines_of_stories_in_more_languages(text: str) -> None:
    assert grade(text) is None
