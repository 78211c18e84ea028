import re

from hypothesis import given
from hypothesis import strategies as st

from publisher.newsletter.text import shorten, tidy


@given(st.text(alphabet=st.characters(), max_size=60))
def test_a_tidy_text_is_one_line_that_can_be_encoded(text: str) -> None:
    line = tidy(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    assert line == line.strip()
    assert tidy(line) == line
    line.encode()


def test_marks_of_relays_are_broken_up_and_look_the_same() -> None:
    marks = "{{ x }} {% raw %} {{{y}}} *|NAME|* %recipient.name% <%= z %>"
    line = tidy(marks)
    assert not re.search(r"\{\{|\{%|%recipient|\*\||<%", line)
    assert line.replace("\u2060", "") == marks


def test_marks_that_scripts_need_are_kept() -> None:
    assert tidy("می\u200cروم שלום\u200f!") == "می\u200cروم שלום\u200f!"


@given(st.text(max_size=80), st.integers(min_value=2, max_value=60))
def test_shorten_never_exceeds_its_limit(text: str, limit: int) -> None:
    cut = shorten(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")


def test_shorten_cuts_after_a_word_if_there_is_one() -> None:
    assert shorten("The bridge is to stay", 14) == "The bridge is…"
    assert shorten("The bridge is to stay", 12) == "The bridge…"
    assert shorten("x" * 20, 10) == "x" * 9 + "…"
