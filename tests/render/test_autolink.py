"""Bare addresses as links, also in lines without end."""

import time

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from publisher.render.autolink import autolink_plugin
from tests.render.articles import body


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.org/a_(b)?c=d, www.example.org. and x.y@example.org!",
        "(http://example.org) mailto:a@example.org xmpp:a@example.org/b *www.example.org*",
        "a@b@c http: www. http:// :// @ a:b [https://example.org](b) <https://example.org>",
        "line https://example.org/\nnext www.example.org/\u00fc\tend",
        "https://under_score.example.org www.a_b.example.org http://localhost",
    ],
)
def test_the_links_are_those_of_the_plugin(text: str) -> None:
    plain, ours = MarkdownIt("commonmark"), MarkdownIt("commonmark")
    plain.use(gfm_autolink_plugin)
    ours.use(autolink_plugin)
    assert ours.render(text) == plain.render(text)


def test_a_long_line_keeps_its_text_and_links() -> None:
    sentence = "The ferry: see https://example.org/ferry or ask: x@example.org. "
    made = body(sentence * 2000)
    assert made.text.split() == (sentence * 2000).split()
    assert made.html.count('<a href="https://example.org/ferry">') == 2000


@pytest.mark.parametrize(
    "text", ["-|:" * 20_000, "(http:" * 10_000, "a@" * 20_000, "---\n" * 20_000, "w" * 60_000]
)
def test_time_grows_with_the_text_and_not_with_its_square(text: str) -> None:
    begun = time.process_time()
    made = body(text)
    assert time.process_time() - begun < 5  # seconds; it was more than a minute
    if "---" not in text:
        assert made.text.strip() == text


def test_many_definitions_take_little_time() -> None:
    begun = time.process_time()
    body("".join(f"[n{n}]: https://example.org/{n}\n" for n in range(10_000)) + "\n[n7]\n")
    assert time.process_time() - begun < 5
