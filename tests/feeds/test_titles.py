"""Titles as every reader shows them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publisher.feeds.titles import plain_line, plain_title


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("R&amp;amp;D &#8211; a &lt;b&gt;budget&lt;/b&gt;", "R&D – a budget"),
        ('<em>Patience</em> and <a href="/x"><b>others</b></a>', "Patience and others"),
        ("I <3 boats & ships; 5 < 6", "I <3 boats & ships; 5 < 6"),
        ("Why <marquee> had to go </title>", "Why < marquee> had to go < /title>"),
        ("AT&T, &copy and &notes;", "AT&T, & copy and &notes;"),
        ("one\x0btwo\n three &#11; &#0; \ufffe", "one two three ?"),
        ("&amp;" * 3, "&&&"),
        ("ثلاثة سجلات 👩\u200d🚀", "ثلاثة سجلات 👩\u200d🚀"),
        ("", ""),
    ],
)
def test_titles(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@given(st.text(st.sampled_from("<>/&;#ablmptx 1\ud800\x0b") | st.characters(), max_size=60))
@example("<b><b><b><b><b><b>x</b></b></b></b></b></b>")
@example("&amp;amp;amp;amp;amp;amp;lt;b>")
def test_no_title_reads_like_html(title: str) -> None:
    plain = plain_title(title)
    assert not re.search(r"<\w+[^>]*>|</\w+>|&(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", plain, re.IGNORECASE)
    assert plain == plain_line(plain)
    assert plain.encode().decode() == plain
