"""The whole way from cleaned lines to a body."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.model import Article, Finding, FrontMatter, Heading, Line, Reference
from publisher.render.body import Body, render_body
from tests.render.articles import article, body, codes


def only(made: Body) -> Finding:
    assert len(made.findings) == 1, made.findings
    return made.findings[0]


def test_an_empty_article_has_an_empty_body() -> None:
    assert render_body(Article("a.md", FrontMatter(), ())) == Body("", "", (), (), (), 0)


def test_prose_with_markup() -> None:
    made = body("A *small* **ferry**.\nStill ~~sunk~~ `afloat`.")
    assert made.html == (
        "<p>A <em>small</em> <strong>ferry</strong>.\nStill <s>sunk</s> <code>afloat</code>.</p>\n"
    )
    assert (made.text, made.words) == ("A small ferry. Still sunk afloat.", 6)


def test_rendering_twice_gives_the_same() -> None:
    text = "# One\n\n[x](y.md) ![z](z.png)[^n]\n\n[^n]: note\n\n```python\nx = 1\n```"
    assert body(text) == body(text)


def test_quotes_and_dashes_stay_as_they_were_typed() -> None:
    assert body('"Wait" -- he said... (c)').text == '"Wait" -- he said... (c)'


def test_template_syntax_is_text() -> None:
    assert body("{{ config }} {% raw %} ${x}").html == "<p>{{ config }} {% raw %} ${x}</p>\n"


def test_headings_without_an_h1_keep_their_levels() -> None:
    made = body("## Über uns\n\n### A `b`\n\n## Über uns\n\n## ?!")
    assert made.headings == (
        Heading(2, "Über uns", "über-uns"),
        Heading(3, "A b", "a-b"),
        Heading(2, "Über uns", "über-uns-1"),
        Heading(2, "?!", "section"),
    )
    assert '<h2 id="über-uns-1">' in made.html


def test_an_h1_makes_all_headings_one_level_lower() -> None:
    made = body("# One\n\n## Two\n\n###### Six\n\n<h1>Raw</h1>")
    assert [heading.level for heading in made.headings] == [2, 3, 6, 2]
    assert "<h1" not in made.html


def test_internal_links_become_references_with_their_lines() -> None:
    made = render_body(
        article("See [one](../a/one.md#part) and\n[two](/2026/two/).\n\n![Map](img/kart%20a.png)", first=7)
    )
    assert made.references == (
        Reference("page", "../a/one.md", "part", 7),
        Reference("page", "/2026/two/", "", 8),
        Reference("image", "img/kart a.png", "", 10),
    )
    assert made.html == (
        '<p>See <a href="@@ref:0@@">one</a> and\n<a href="@@ref:1@@">two</a>.</p>\n'
        '<p><img src="@@ref:2@@" alt="Map" loading="lazy"></p>\n'
    )
    assert made.findings == ()


def test_raw_links_are_references_too() -> None:
    made = body(
        '<div>\n<p><a href="one.md">x</a></p>\n<img src="a.png" alt="A">\n</div>\n\nand <a href="b.md">b</a>'
    )
    assert made.references == (
        Reference("page", "one.md", "", 2),
        Reference("image", "a.png", "", 3),
        Reference("page", "b.md", "", 6),
    )


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2"),
        ("HTTP://example.org", "http://example.org"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+4912345", "tel:+4912345"),
    ],
)
def test_external_links_stay(address: str, href: str) -> None:
    made = body(f"[x]({address})")
    assert made.html == f'<p><a href="{href}">x</a></p>\n'
    assert made.references == ()


def test_a_link_with_a_forbidden_scheme_is_removed_and_its_text_kept() -> None:
    made = body("First line\nand [the text](javascript:alert(1)) here.")
    assert made.html == "<p>First line\nand the text here.</p>\n"
    assert (only(made).code, only(made).lines) == ("LK003", (2,))


def test_a_fragment_without_its_place_is_reported() -> None:
    made = body('[up](#part-a) [down](#nowhere)\n\n## Part A\n\n[also](#f%C3%BCr) <a name="für">x</a>')
    assert (only(made).code, only(made).lines) == ("LK002", (1,))
    assert "#nowhere" in only(made).message
    assert 'href="#part-a"' in made.html


def test_an_empty_link_is_reported() -> None:
    made = body("[text]()")
    assert (made.html, only(made).code) == ("<p>text</p>\n", "LK002")


def test_a_picture_without_alt_text_is_reported() -> None:
    made = body("Line\n\n![](https://example.org/a.jpg)")
    assert (only(made).code, only(made).lines) == ("IM002", (3,))
    assert '<img src="https://example.org/a.jpg" alt="" loading="lazy">' in made.html


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://t.example/p.gif" width="1" height="1" alt="">',
        "<img src=https://t.example/p.gif width=0 height=01>",
        "<img src=https://t.example/p.gif style='width:1px;height:1px'>",
        "<img src=https://t.example/p.gif width=1 style='height: 1px !important'>",
        "<img src=https://t.example/p.gif style='display:none'>",
        "<img src=https://t.example/p.gif style='visibility: hidden'>",
    ],
)
def test_tracking_pixels_are_removed(picture: str) -> None:
    made = body(f"Words.\n\n{picture}")
    assert "<img" not in made.html
    assert (only(made).code, only(made).lines) == ("IM003", (3,))


def test_ordinary_pictures_keep_their_size() -> None:
    made = body('<img src="https://example.org/a.jpg" alt="A" width="640" height="100%" style="width:50%">')
    assert made.html == '<img src="https://example.org/a.jpg" alt="A" width="640" loading="lazy">'
    assert made.findings == ()


def test_forbidden_html_is_named_with_its_lines() -> None:
    made = body("<font>red</font> ink\n\nand <font>blue</font>\n\n<script>x</script>\n\n<p onclick='x'>p</p>")
    assert [(finding.code, finding.lines, finding.message.split(";")[0]) for finding in made.findings] == [
        ("HT001", (1, 3), "<font> is not permitted"),
        ("HT001", (5,), "<script> is removed"),
        ("HT001", (7,), "onclick of <p> is removed: scripts do not run"),
    ]
    assert made.text == "red ink\n\nand blue\n\np"


def test_words_do_not_grow_together_where_tags_are_removed() -> None:
    assert body("<form>Ada</form><form>Bo</form>").text == "Ada\n\nBo"
    assert body("<select><option>Ada<option>Bo</select>").text == "Ada Bo"
    assert body("in<font>side</font>").text == "inside"


@pytest.mark.parametrize(
    "torn", ["<!-- never closed", '<p class="never closed>', "<script>never()", "<div\nx='", "<div>\n<!-- a"]
)
def test_html_that_never_ends_swallows_no_text(torn: str) -> None:
    made = body(f"Before.\n\n{torn}\n\nAfter *it*.")
    assert "<p>After <em>it</em>.</p>\n" in made.html
    assert [code for code in codes(made) if code != "HT002"] == ["HT001"]
    assert torn.rpartition("\n")[2] in made.text.replace("\n\n", "\n")


def test_a_paragraph_keeps_its_unclosed_tags_to_itself() -> None:
    made = body("One <b>two\n\nThree</b> four <i>five</i>")
    assert made.html == "<p>One two</p>\n<p>Three four <i>five</i></p>\n"
    assert [finding.lines for finding in made.findings] == [(1,), (3,)]


def test_footnotes_of_two_articles_may_share_a_page() -> None:
    text = "A[^1] b[^1].\n\n[^1]: Note."
    ids = [re.findall(r'id="([^"]*)"', render_body(article(text, path)).html) for path in ("a.md", "b.md")]
    assert len(ids[0]) == len(set(ids[0])) == 3
    assert not set(ids[0]) & set(ids[1])


def test_footnotes_nobody_refers_to_and_doubles_are_kept() -> None:
    made = body("Text[^a].\n\n[^a]: First.\n\n[^a]: Second.\n\n[^b]: Third.")
    assert made.text == "Text[1].\n\n1. First.\n\n2. Second.\n\n3. Third."
    assert made.html.count("footnote-backref") == 1
    assert made.findings == ()


def test_task_lists_need_no_form() -> None:
    made = body("- [x] sent\n- [ ] paid")
    assert made.text == "- ☑ sent\n- ☐ paid"
    assert "<input" not in made.html


def test_tables_align_by_class() -> None:
    made = body("| Port | Tons |\n|:--|--:|\n| Nord | 12 |")
    assert '<td class="right">12</td>' in made.html
    assert "<td>Nord</td>" in made.html
    assert made.text == "Port | Tons\nNord | 12"


def test_definition_lists_and_bare_addresses() -> None:
    made = body("Quay\n: A wharf, see www.example.org or desk@example.org")
    assert "<dt>Quay</dt>" in made.html
    assert '<a href="http://www.example.org">www.example.org</a>' in made.html
    assert '<a href="mailto:desk@example.org">' in made.html


def test_code_is_highlighted_by_classes() -> None:
    made = body("```python\nif x: pass\n```\n\n```nosuch\n<b>\n```")
    assert '<pre class="highlight"><code><span class="k">if</span>' in made.html
    assert "<pre><code>&lt;b&gt;\n</code></pre>" in made.html


def test_classes_and_ids_of_the_author_do_not_disturb_ours() -> None:
    made = body(
        '<p class="hero k right">a</p>\n\n<p id="x">b</p>\n\n<p id="x">c</p>\n\n'
        '<span class="k x1y2z">d</span>'
    )
    assert 'class="right"' in made.html
    assert "hero" not in made.html
    assert made.html.count('id="x"') == 1
    assert '<span class="k">' in made.html


def test_placeholders_in_the_text_are_no_references() -> None:
    made = body('Write href="@@ref:0@@" and [x](@@ref:7@@).')
    assert made.references == (Reference("page", "@@ref:7@@", "", 1),)
    assert made.html.count("@@ref:") == 1
    assert 'href="@@ref:0@@"' in made.text


def test_text_that_markdown_drops_is_reported() -> None:
    made = body(
        "| a |\n|---|\n| b | surplus cell |\n\n[Photo]: Agency\n\n[Used]: https://example.org/z\n\n[used]"
    )
    assert [(finding.code, finding.lines) for finding in made.findings] == [("HT002", (3,)), ("HT002", (5,))]
    assert "surplus cell" in made.findings[0].message


def test_what_is_not_meant_to_show_is_not_reported() -> None:
    text = (
        "1. *Em*phasis &eacute; &amp; \\* <!-- note to self -->\n\n"
        "[l](https://example.org/caf%C3%A9 'Hover') ![pic](https://bücher.example/x.png)\n\n"
        "```text\nplain\n```\n\n- [x] task[^long-label]\n\n[^long-label]: note"
    )
    assert body(text).findings == ()


def test_findings_come_in_the_order_of_lines() -> None:
    made = body("![](https://example.org/a.png)\n\n<font>x</font>\n\n[y](#z)")
    assert codes(made) == ["IM002", "HT001", "LK002"]


def test_carriage_returns_do_not_shift_line_numbers() -> None:
    made = render_body(Article("a.md", FrontMatter(), (Line(4, "a\rb"), Line(9, "[x](y.md)"))))
    assert made.references == (Reference("page", "y.md", "", 9),)


WORDS = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Nd"), exclude_characters="wW"), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=6))
def test_plain_paragraphs_keep_each_word(paragraphs: list[list[str]]) -> None:
    source = "\n\n".join(" ".join(words) for words in paragraphs)
    made = body(source)
    assert made.text == source
    assert made.findings == ()


@pytest.mark.parametrize(
    ("address", "target", "query"),
    [
        ("q%3Fa.pdf", "q?a.pdf", ""),
        ("50%2520off.pdf", "50%20off.pdf", ""),
        ("a%23b.pdf?x=%20y", "a#b.pdf", "x=%20y"),
    ],
)
def test_addresses_are_decoded_once(address: str, target: str, query: str) -> None:
    assert body(f"[x]({address}#p)").references == (Reference("page", target, "p", 1, query),)


def test_definitions_in_use_are_known_and_surplus_ones_are_reported() -> None:
    made = body("[a][one]\n\n[one]: <o'x.md> 'Title'\n[nobody]: https://example.org/never\n")
    assert "one" not in only(made).message
    assert "nobody" in only(made).message
