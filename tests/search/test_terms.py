import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.search.terms import LONGEST, fold, terms, unspaced


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Harbour", "harbour"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Küste", "kuste"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ılık", "ilik"),
        ("ﬁsh", "fish"),
        ("ＦＩＳＨ", "fish"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("Ёлка", "елка"),
        ("мой", "мой"),
        ("Їжак", "їжак"),
        ("مُدَرِّس", "مدرس"),
        ("شـــكر", "شكر"),
        ("שָׁלוֹם", "שלום"),
        ("がく", "がく"),
        ("co\u00adop", "coop"),
    ],
)
def test_spellings_that_readers_take_for_one_are_one(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The quay, the QUAY!", {"the", "quay"}),
        ("“don’t” (e-mail)", {"don", "t", "dont", "e", "mail", "email"}),
        ("U.S. 1,000", {"u", "s", "us", "1", "000", "1000"}),
        ("snake_case a/b", {"snake", "case", "a", "b"}),
        ("Foo™ wins", {"foo", "wins"}),
        ("東京都", {"東京", "京都", "都"}),
        ("2024年", {"2024", "年"}),
        ("서울에", {"서울", "울에", "에"}),
        ("किताब", {"किताब"}),
        ("… – !?", set()),
        ("", set()),
        ("x" * 80, {"x" * LONGEST}),
    ],
)
def test_terms(text: str, found: set[str]) -> None:
    assert terms(text) == found


@given(st.text(), st.text())
def test_terms_of_two_texts_are_those_of_both(one: str, other: str) -> None:
    assert terms(f"{one}\n{other}") == terms(one) | terms(other)


@given(st.text())
def test_terms_are_folded_already(text: str) -> None:
    assert all(term and not term.isspace() for term in terms(text))
    assert all("'" not in term and "/" not in term for term in terms(text))


def test_case_and_composition_do_not_matter() -> None:
    text = "Ångström über Ελλάδα, МОСКВА и 東京"
    assert terms(text) == terms(text.upper()) == terms(unicodedata.normalize("NFD", text.lower()))


def test_scripts_without_spaces() -> None:
    assert [unspaced(each) for each in ("東京", "ไทย", "서울", "tokyo", "δ", "𠀋")] == [True] * 3 + [
        False
    ] * 2 + [True]
