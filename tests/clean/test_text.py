"""What rules compare: the words a reader sees, labels, lengths, ends of sentences."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.report import quote
from publisher.clean.text import ends_sentence, label, plain, prose, raw_label, size, truncated, words


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"\*not\* emphasis, 3 \< 4", r"*not* emphasis, 3 \< 4"),
        ("**Bold** and _thin_ and snake_case", "Bold and thin and snake_case"),
        ("## A [link](https://example.org/a_(b)) here", "A link here"),
        ("<p>The <b>bridge</b><br/> &amp; the ferry</p>", "The bridge & the ferry"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("Vec<T> of &x", "Vec<T> of &x"),
        ("  • - item", "item"),
        ("3. März 2031", "3. März 2031"),
        ("3. Mussels", "Mussels"),
    ],
)
def test_plain(text: str, seen: str) -> None:
    assert plain(text) == seen


def test_words_and_label() -> None:
    assert words("“Harbour’s” 2 Brücken!") == ("harbour", "s", "2", "brücken")
    assert words("橋を閉鎖 bridge") == ("橋", "を", "閉", "鎖", "bridge")
    assert label("**View comments (12)**") == "view comments 0"


def test_size_counts_two_characters_as_a_word_where_there_are_no_spaces() -> None:
    assert (size("one two three"), size("橋を閉鎖する"), size("a 橋を閉"), size("é à")) == (3, 3, 3, 2)


def test_sentences() -> None:
    assert ends_sentence("He said so.”")
    assert ends_sentence("橋が閉鎖された。")
    assert not ends_sentence("He said so")
    assert truncated("He sa [...]")
    assert not truncated("He said...so")
    assert prose("word " * 80)
    assert not prose("Seven words, but one sentence of them.")


def test_a_quotation_for_a_message_is_short() -> None:
    assert quote("a  short\tline") == '"a short line"'
    assert quote("word " * 20, 12) == '"word word w…"'


@given(
    st.text(st.sampled_from("aZßé’“…ªİıÅ9_ \u00a0\u0301ﬁ日й½") | st.characters(codec="utf-8"), max_size=12)
)
def test_the_table_of_bytes_says_what_the_pattern_says(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    assert raw_label(text) == re.sub(r"\d+", "0", " ".join(re.findall(r"[^\W_]+", folded)))
