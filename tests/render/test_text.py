import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.render.text import opens, summarise, to_text, words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\n  two</p>\n<p>three</p>\n", "One two\n\nthree"),
        ("<p>A &amp; B &lt;3</p>", "A & B <3"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<h2>T</h2><blockquote><p>q</p></blockquote>", "T\n\nq"),
        ("<ul>\n<li>a</li>\n<li><p>b</p><p>c</p></li>\n</ul>\n<p>d</p>", "- a\n- b\n\nc\n\nd"),
        ('<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>', "3. a\n  - b\n4. c"),
        ("<pre><code>x\n  y\n</code></pre>\n<p>z</p>", "x\n  y\n\nz"),
        ('<p>See <a href="https://example.org">this</a><img src="x" alt="y">.</p>', "See this."),
        ('<p>n <a href="#fnref-1" class="footnote-backref">↩</a></p>', "n"),
        ("<p>1</p><hr><p>2</p>", "1\n\n2"),
        ("", ""),
    ],
)
def test_to_text(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("It's a well-known port.", 4), ("港口開放", 4), ("12.5 — x", 3)]
)
def test_words(text: str, count: int) -> None:
    assert words(text) == count


def test_a_short_text_is_its_own_summary() -> None:
    assert summarise("The ferry\nis back.\n\nIt sails.") == "The ferry is back. It sails."


def test_a_summary_ends_with_a_sentence_and_leaves_headings_out() -> None:
    text = "The ferry\n\nThe ferry is back[1]. It sails on Monday. " + "And then it sails on and on" * 9 + "."
    assert summarise(text, 60) == "The ferry is back. It sails on Monday."


def test_abbreviations_end_no_sentence() -> None:
    text = "The harbour master, called Dr. " + "Berghammer " * 30 + "."
    assert summarise(text, 40) == "The harbour master, called Dr.…"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert summarise("word " * 100, 22) == "word word word word…"
    assert summarise("長" * 50, 10) == "長" * 9 + "…"


@given(st.text(max_size=400), st.integers(20, 100))
def test_a_summary_is_never_longer_than_asked_for(text: str, limit: int) -> None:
    made = summarise(text, limit)
    assert len(made) <= limit
    assert "\n" not in made


@given(st.text(st.sampled_from("ab c.\n…長。[1]"), max_size=80), st.integers(5, 40))
def test_a_summary_is_how_the_text_opens(text: str, limit: int) -> None:
    assert opens(text, summarise(text, limit))
    assert not opens(text, "Something else.")


def test_a_summary_may_have_to_be_long_and_a_lone_space_cuts_nothing_short() -> None:
    text = "One is short. " + "Then comes a very long sentence that goes on " * 9
    assert summarise(text, 100, 60).startswith("One is short. Then")
    assert len(summarise(text, 100, 60)) > 80
    assert len(summarise("港の 新" + "長" * 500, 100)) == 100
