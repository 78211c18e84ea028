from dataclasses import replace
from urllib.parse import quote

from publisher.arrange.links import SiteLink, check_links
from publisher.arrange.resolve import atlas, resolve, wanted_files
from publisher.model import Entry, Image, Reference
from publisher.settings import Publication
from tests.arrange.entries import entry

PUBLICATION = Publication(base_url="https://example.org/news")


def linked(target: str, fragment: str = "", path: str = "harbour/a.md") -> Entry:
    html = '<p><a href="@@ref:0@@">x</a></p>'
    return entry(path, html, (Reference("page", target, fragment, 7),))


def pictured(target: str) -> Entry:
    html = '<p><img src="@@ref:0@@" alt="A &amp; b" loading="lazy"> end</p>'
    return entry("harbour/a.md", html, (Reference("image", target, "", 7),))


def outcome(one: Entry, *others: Entry, files: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    resolved = resolve(one, atlas((one, *others), (), frozenset(files)), PUBLICATION).entry
    return resolved.html, [finding.code for finding in resolved.findings]


def test_links_to_articles_become_their_addresses() -> None:
    other = entry("town/b.md", url="/2026/11/b/")
    for target in ("../town/b.md", "/town/b.md", "town/b.md", "../town/b"):
        html, codes = outcome(linked(target), other)
        assert 'href="https://example.org/news/2026/11/b/"' in html
        assert codes == []


def test_an_anchor_must_exist_on_its_page() -> None:
    other = entry("town/b.md", '<h2 id="tide">Tide</h2>', url="/b/")
    assert outcome(linked("../town/b.md", "tide"), other) == (
        '<p><a href="https://example.org/news/b/#tide">x</a></p>',
        [],
    )
    assert outcome(linked("../town/b.md", "ebb"), other)[1] == ["LK002"]


def test_a_link_that_leads_nowhere_keeps_its_words() -> None:
    for target in ("gone.md", "../../../etc/passwd", ".git/config", "a\\b.md"):
        assert outcome(linked(target)) == ("<p><a>x</a></p>", ["LK001"])


def test_a_link_to_a_withheld_article_does_not_betray_its_address() -> None:
    draft = entry("town/b.md", url="/secret/", draft=True)
    one = linked("../town/b.md")
    resolved = resolve(one, atlas((one,), (draft,), frozenset()), PUBLICATION).entry
    assert "secret" not in resolved.html
    assert "not published" in resolved.findings[0].message


def test_addresses_of_the_site_are_checked_when_all_pages_are_known() -> None:
    one = linked("/section/harbour/")
    resolved = resolve(one, atlas((one,), (), frozenset()), PUBLICATION)
    assert 'href="https://example.org/news/section/harbour/"' in resolved.entry.html
    assert resolved.links == (SiteLink("harbour/a.md", 7, "/section/harbour/"),)
    assert check_links(resolved.links, lambda address: address == "/section/harbour/") == {}
    assert [f.lines for f in check_links(resolved.links, lambda _: False)["harbour/a.md"]] == [(7,)]


def test_pictures_beside_the_article_or_from_the_top() -> None:
    for target, file in (
        ("b c.jpg", "harbour/b c.jpg"),
        ("q?a.jpg", "harbour/q?a.jpg"),
        ("50%20off.jpg", "harbour/50%20off.jpg"),
        ("/i/x.png", "i/x.png"),
    ):
        assert file in wanted_files([pictured(target)])
        html, codes = outcome(pictured(target), files=(file,))
        assert f'src="https://example.org/news/{quote(file)}"' in html
        assert codes == []


def test_a_missing_picture_leaves_its_alternative_text() -> None:
    assert outcome(pictured("gone.jpg")) == ("<p>A &amp; b end</p>", ["IM001"])


def test_the_lead_picture_is_made_absolute_or_left_out() -> None:
    one = replace(entry("harbour/a.md", image=Image("x.jpg", "alt")), lines={"image": 4})
    there = resolve(one, atlas((one,), (), frozenset({"harbour/x.jpg"})), PUBLICATION)
    assert there.entry.card.image == Image("https://example.org/news/harbour/x.jpg", "alt")
    assert there.files == ("harbour/x.jpg",)
    gone = resolve(one, atlas((one,), (), frozenset()), PUBLICATION).entry
    assert gone.card.image is None
    assert [(f.code, f.lines) for f in gone.findings] == [("IM001", (4,))]


def test_words_that_look_like_marks_are_left_alone() -> None:
    prose = entry("a.md", "<p>the mark @@ref:0@@ and src=@@ref:9@@</p>")
    assert outcome(prose)[0] == prose.html


def test_one_picture_in_two_unicode_forms_is_one_file() -> None:
    references = (Reference("image", "\u00fcn.png", "", 1), Reference("image", "u\u0308n.png", "", 2))
    html = '<img src="@@ref:0@@" alt="x"><img src="@@ref:1@@" alt="y">'
    one = entry("a.md", html, references)
    assert wanted_files([one]) == {"\u00fcn.png"}
    resolved = resolve(one, atlas((one,), (), frozenset({"\u00fcn.png"})), PUBLICATION)
    assert set(resolved.files) == {"\u00fcn.png"}
    assert resolved.entry.html.count('src="https://example.org/news/%C3%BCn.png"') == 2


def test_the_query_of_a_site_address_stays() -> None:
    one = entry("a.md", '<a href="@@ref:0@@">x</a>', (Reference("page", "/find/50%?/", "top", 1, "q=a%20b"),))
    resolved = resolve(one, atlas((one,), (), frozenset()), PUBLICATION)
    assert 'href="https://example.org/news/find/50%25%3F/?q=a%20b#top"' in resolved.entry.html
    assert check_links(resolved.links, lambda address: address == "/find/50%?/") == {}


def test_an_active_drawing_is_told_apart_from_kinds_that_are_never_published() -> None:
    one = linked("evil.svg")
    places = replace(atlas((one,), (), frozenset()), barred=frozenset({"harbour/evil.svg"}))
    (finding,) = resolve(one, places, PUBLICATION).entry.findings
    assert finding.message.startswith("evil.svg: an SVG file is published only if")


def test_a_file_of_a_kind_that_is_not_published_is_a_broken_link() -> None:
    one = linked("evil.html")
    places = replace(atlas((one,), (), frozenset()), barred=frozenset({"harbour/evil.html"}))
    resolved = resolve(one, places, PUBLICATION)
    assert (resolved.entry.html, resolved.files) == ("<p><a>x</a></p>", ())
    assert [(f.code, f.message) for f in resolved.entry.findings] == [
        ("LK001", "evil.html: files of this kind are not published")
    ]
