import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from publisher.errors import PublishError
from publisher.model import Card, Image, Origin
from publisher.newsletter.issue import compose
from publisher.newsletter.mjml import to_html
from publisher.newsletter.render import LIMIT, Rendered, page, render, size
from publisher.newsletter.view import letter
from publisher.settings import Publication
from publisher.site.colour import contrast, parse
from publisher.templating import fill
from tests.newsletter.samples import POST, card, configured, theme

THEME = theme()


def digest(cards: tuple[Card, ...], publication: Publication = POST, made: Environment = THEME) -> Rendered:
    issue = compose(cards, date(2026, 3, 3), publication)
    assert issue is not None
    return render(issue, publication, made)


class Balanced(HTMLParser):
    """Says whether all start tags have their end tag, and collects texts and addresses."""

    void = frozenset({"meta", "img", "br", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.right = True
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.right = self.right and not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.right = self.right and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_every_story_stands_in_both_parts_with_its_link() -> None:
    cards = tuple(card(n, section=("A", "B", "")[n % 3]) for n in range(8))
    made = digest(cards)
    for each in cards:
        for part in (made.html, made.text):
            assert each.title in part
            assert each.summary in re.sub(r"\s+", " ", part)
            assert f"https://post.example.org{each.url}" in part
            assert "By Ada Lindqvist" in part
    assert made.html.count(">Read on the site</a>") == 8
    assert "More stories" in made.text


def test_what_is_configured_is_said_and_nothing_else() -> None:
    made = digest((card(1),))
    for part in (made.html, made.text):
        assert "4 Quay Street" in part
        assert "You get this because you signed up." in part
        assert "Unsubscribe" in part
        assert f"https://post.example.org/leave?of={made.marks.unsubscribe}" in part
        assert "https://post.example.org/newsletter/daily/2026-03-03/" in part
    bare = digest((card(1),), configured(address="", reason="", unsubscribe=""))
    for part in (bare.html, bare.text):
        assert not re.search("Quay|this because you signed up[.]|nsubscribe", part)


def test_the_page_is_without_what_only_a_mail_needs() -> None:
    output = page(digest((card(1),)))
    shown = output.content.decode()
    assert output.path == "newsletter/daily/2026-03-03/index.html"
    assert "Story 1" in shown
    assert not re.search("View in your browser|Unsubscribe|signed up|&zwnj;|\u200c", shown)


def test_a_plain_text_is_not_escaped() -> None:
    made = digest((card(1, title='R&D <fast> & "loose" &amp;'),))
    assert 'R&D <fast> & "loose" &amp;\n' in made.text
    assert 'R&amp;D &lt;fast&gt; &amp; "loose" &amp;amp;' in made.html


def test_pictures_have_alt_and_only_those_that_mails_show_are_there() -> None:
    shown = Image("https://post.example.org/a.jpg", 'A "bridge"')
    hidden = (
        "https://x.example.com/a.svg",
        "http://x.example.com/a.png",
        "data:image/png;base64,AA",
        "a.png",
    )
    cards = (card(0, image=shown), card(1, image=shown), *(card(9, image=Image(src)) for src in hidden))
    html = digest(cards).html
    pictures = re.findall(r"<img\b[^>]*>", html)
    assert len(pictures) == 2
    assert all('alt="A &quot;bridge&quot;"' in each for each in pictures)
    assert not re.search(r"x\.example\.com|data:", html)


def test_a_story_in_another_language_says_so() -> None:
    hebrew = card(1, title="שלום", summary="עולם", language="he")
    html = digest((card(0), hebrew)).html
    assert re.search(r'<h3[^>]* lang="he" dir="rtl"', html)
    assert '<html lang="en" dir="ltr"' in html


def test_a_publication_speaks_its_language() -> None:
    made = digest((card(0),), replace(POST, language="ar"))
    assert '<html lang="ar" dir="rtl"' in made.html
    assert "اقرأ على الموقع" in made.html
    assert "direction:ltr" not in made.html
    assert "Auf der Website lesen" in digest((card(0),), replace(POST, language="de")).text


def test_the_source_is_named_and_linked_when_it_is_secure() -> None:
    wire = card(0, source=Origin("Coastal Wire", "https://wire.example.com/x"))
    trap = card(1, source=Origin("Trap", "javascript:alert(1)"))
    made = digest((wire, trap))
    assert 'href="https://wire.example.com/x"' in made.html
    assert "From Trap" in made.html
    assert "javascript" not in made.html


def test_equal_values_make_equal_bytes() -> None:
    cards = tuple(card(n) for n in range(5))
    assert digest(cards) == digest(cards, made=theme())


def test_a_large_digest_is_cut_from_the_end_and_not_one_story_more_than_needed() -> None:
    publication = configured(max_items=500)
    cards = tuple(card(n, summary="ü" * 300, section=str(n % 4)) for n in range(120))
    whole = compose(cards, date(2026, 3, 3), publication)
    assert whole is not None
    made = render(whole, publication, THEME)
    shown = len(made.issue.cards)
    assert 20 < shown < 120
    assert made.issue.cards == whole.cards[:shown]
    assert made.issue.left_out == 120 - shown
    assert size(made.html) < LIMIT
    more = f"{120 - shown} more on the site"
    assert more in made.html
    assert more in made.text
    longer = {"letter": letter(whole.shortened(shown), publication)}
    css = fill(THEME, "newsletter/digest.css", longer)
    assert size(to_html(THEME, "newsletter/digest.mjml", longer, css)) >= LIMIT


def test_one_giant_text_does_not_break_it() -> None:
    giant = card(1, title="word " * 9000, summary="word " * 90000, authors=("x" * 99999,) * 99)
    made = digest((card(0), giant, card(2)))
    assert len(made.issue.cards) == 3
    assert size(made.html) < 40_000


def test_a_lead_that_never_fits_is_an_error() -> None:
    with pytest.raises(PublishError, match="never below 102,400 bytes"):
        digest((card(0), card(1)), configured(intro="word " * 30000))


def test_a_broken_override_is_named_with_file_and_line() -> None:
    broken = theme(footer_mjml="<mj-section>\n<mj-column>\n<mj-txt>a</mj-txt></mj-column></mj-section>\n")
    with pytest.raises(PublishError, match=r"templates/newsletter/footer\.mjml:3: there is no <mj-txt>"):
        digest((card(0),), made=broken)


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'{}%\r\n\u202e=?@;")), max_size=40
) | st.sampled_from(
    [
        "</td></table>",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "<!--",
        "]]>",
        "=?utf-8?q?a=0d=0aBcc:x?=",
        "<mj-text>",
    ]
)


@settings(max_examples=25, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_changes_the_structure(title: str, summary: str, name: str) -> None:
    hostile = {
        "title": title,
        "summary": summary,
        "section": name,
        "authors": (name,),
        "source": Origin(name),
    }
    picture = Image("https://post.example.org/a.png", title)
    cards = (card(0, image=picture, **hostile), card(1, image=picture, **hostile))
    read = Balanced(digest(cards, configured(title=name, intro=summary)).html)
    assert read.right
    assert all(link.startswith("https://post.example.org/") for link in read.links)
    assert not re.search(r"\{\{|\{%", "".join(read.words))


def test_colours_are_readable_in_both_schemes() -> None:
    light, dark = ("#f3efe7", "#fffdf9"), ("#171513", "#24211e")
    html = digest((card(0), card(1)), replace(POST, accent="#ffd400")).html
    head, _, body = html.partition("</head>")
    night = head[head.index("prefers-color-scheme: dark") :]
    for scheme, text in ((light, body), (dark, night)):
        shades = set(re.findall(r"(?<![-\w])color: ?(#[0-9a-f]{6})", text))
        assert len(shades) >= 3
        assert [s for s in shades for paper in scheme if contrast(parse(s), parse(paper)) < 4.5] == []
