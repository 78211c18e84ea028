"""The notation of the lexicon files: what a phrase with choices fits is what writing it out would say."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.notation import first_words, fits, handles, last_words, wordings
from publisher.clean.tables import tables

_words = st.sampled_from(["", "a", "b", "a b", " a", "b ", " a b ", "ab"])
_choice = st.lists(_words, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
_phrases = st.lists(_words | _choice, min_size=1, max_size=5).map("".join)
_labels = st.lists(st.sampled_from(["a", "b", "ab", "aab"]), min_size=1, max_size=5).map(" ".join)


@given(_phrases)
def test_a_phrase_fits_each_of_its_wordings(phrase: str) -> None:
    assert all(fits(phrase, text) for text in wordings(phrase) if text)


@given(_phrases, _labels)
def test_and_nothing_else(phrase: str, key: str) -> None:
    assert fits(phrase, key) == (key in wordings(phrase))


@pytest.mark.parametrize(("language", "table"), tables().items(), ids=[*tables()])
def test_no_choice_of_the_lexicon_stands_in_another(language: str, table: dict[str, object]) -> None:
    nested = [phrase for phrase in _texts(table) if re.search(r"\([^()]*\(", phrase)]
    assert not nested, language


def _texts(value: object) -> Iterator[str]:
    """Every text of a table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


@given(_phrases, _phrases, _labels)
def test_an_open_phrase_fits_what_a_pattern_matches(begin: str, end: str, key: str) -> None:
    choices = [re.sub(r"\(([^()]*)\)", r"(?:\1)", part) for part in (begin, end)]
    pattern = re.compile(r"\S+(?: \S+){0,7}".join(choices))
    assert fits(begin + "{x}" + end, key) == (pattern.fullmatch(key) is not None)


@given(_phrases)
def test_the_last_word_of_each_wording_is_told_or_none_is(phrase: str) -> None:
    told = last_words(phrase)
    assert told == {""} or {text.rpartition(" ")[2] for text in wordings(phrase)} <= told


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("get (our|the) newsletter", {"newsletter"}),
        ("get our newsletter(s|)", {"newsletter", "newsletters"}),
        ("sign (me up|in)", {"up", "in"}),
        ("get {x} now", {"now"}),
        ("get the {x}", {""}),
        ("(get|see) (the|) {x}", {""}),
        ("(news|post)letter", {""}),
        ("in 0 (0|days)", {""}),
        ("zum Newsletter", {""}),
        ("über (uns|die redaktion)", {"uns", "redaktion"}),
        ("teilen über", {"über"}),
    ],
)
def test_last_words(phrase: str, told: set[str]) -> None:
    assert last_words(phrase) == told


@given(_phrases)
def test_a_phrase_is_found_by_each_first_word(phrase: str) -> None:
    assert first_words(phrase) == {text.partition(" ")[0] for text in wordings(phrase)}


@pytest.mark.parametrize(
    ("phrase", "key", "fitting"),
    [
        ("sign up( now|) to {x}", "sign up to the ferry letter", True),
        ("sign up( now|) to {x}", "sign up now to the ferry letter", True),
        ("sign up( now|) to {x}", "sign up to", False),
        ("{x} (newsletter|letter)", "the ferry letter", True),
        ("{x} (newsletter|letter)", "the ferry letters", False),
        ("(c |){x} alle rechte( {x}|)", "eastmere courier alle rechte vorbehalten", True),
        ("get {x} now", "get a b c d e f g h now", True),
        ("get {x} now", "get a b c d e f g h i now", False),
    ],
)
def test_an_open_phrase(phrase: str, key: str, fitting: bool) -> None:
    assert fits(phrase, key) is fitting


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("(get|receive) {x} now", {("head", "get"), ("head", "receive")}),
        ("{x} (newsletter|letter)", {("tail", "newsletter"), ("tail", "letter")}),
        ("({x} |)letter", {("head", "letter"), ("tail", "letter")}),
        ("続き{x}", {("head", "\0続")}),
    ],
)
def test_by_what_an_open_phrase_is_found(phrase: str, found: set[tuple[str, str]]) -> None:
    assert handles(phrase) == found
