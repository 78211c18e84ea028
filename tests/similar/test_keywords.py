from hypothesis import given
from hypothesis import strategies as st

from publisher.similar.keywords import MOST, keywords


def test_words_of_the_title_and_frequent_words_come_first() -> None:
    text = "The harbour pilot went to the harbour. The pilot saw a harbour seal."
    assert keywords("Seals and ropes", text)[:4] == ("ropes", "seals", "harbour", "pilot")


def test_short_words_and_numbers_do_not_count() -> None:
    assert keywords("", "an old 1874 man of 12 by the sea") == ()


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert set(keywords("", "東京の港")) == {"東京", "京の", "の港"}


@given(st.text(), st.text(max_size=300))
def test_any_text_gives_a_bounded_number_of_distinct_words(title: str, text: str) -> None:
    found = keywords(title, text)
    assert len(found) == len(set(found)) <= MOST
