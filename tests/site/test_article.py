import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from publisher.model import Entry, Heading, Image, Origin
from publisher.prose import Prose
from publisher.site.article import contents, scrollable
from tests.site.samples import BASE, PUBLICATION, days_ago, entry, make, mixed, texts

RICH = "2026/03/rich/index.html"
EELS = "2026/03/eels/index.html"


def data_of(path: str, entries: tuple[Entry, ...]) -> list[dict[str, object]]:
    (script,) = make(entries).page(path).xpath("//script[@type]")
    graph: list[dict[str, object]] = json.loads(script.text)["@graph"]
    return graph


def test_an_article_shows_who_when_how_long_and_what() -> None:
    page = make(mixed()).page(RICH)
    assert texts(page, "//h1") == ["rich"]
    assert texts(page, "//*[contains(@class,'byline')]/span") == [
        "By Marta Quintela and Jonas Achterberg",
        "Published 5 March 2026",
        "Updated 7 March 2026",
        "1 min read",
    ]
    assert page.xpath("//*[contains(@class,'byline')]//time/@datetime") == [
        "2026-03-05T09:36:00+00:00",
        "2026-03-07T12:00:00+00:00",
    ]
    assert page.xpath("//figure/img/@alt") == ["A quay"]
    assert texts(page, "//figcaption") == ["Image: Inês Paz"]
    assert page.xpath("//a[@rel='tag']/@href") == ["/tag/sea-level/", "/tag/insurance/"]
    assert page.xpath("//a[@rel='author']/@href") == ["/author/marta-quintela/", "/author/jonas-achterberg/"]


def test_dates_are_those_of_the_publications_zone() -> None:
    late = entry("late", date=days_ago(-0.49))
    page = make((late,), replace(PUBLICATION, time_zone="Asia/Tokyo")).page("2026/03/late/index.html")
    assert texts(page, "//*[contains(@class,'byline')]//time") == ["6 March 2026"]


def test_neighbours_are_the_articles_before_and_after() -> None:
    page = make(mixed()).page(EELS)
    assert page.xpath("//nav[@class='neighbours']/a[@rel='next']/@href") == ["/2026/03/rich/"]
    (older,) = page.xpath("//nav[@class='neighbours']/a[@rel='prev']")
    assert older.get("href") == "/2026/03/%D9%85%D8%AF/"
    assert older.xpath("strong/@dir") == ["rtl"]


def test_a_syndicated_article_names_its_source_and_license() -> None:
    page = make(mixed()).page(EELS)
    (box,) = page.xpath("//*[contains(@class,'source')]")
    assert texts(box, "p")[:2] == [
        "First published by Estuary Quarterly · By Tomasz Wilk",
        "License: CC BY-SA 4.0",
    ]
    assert box.xpath(".//a[@rel='license']/@href") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.com/eels"]


@pytest.mark.parametrize(
    ("canonical_url", "source", "canonical"),
    [
        ("https://example.com/a", Origin("E", "https://example.com/b"), "https://example.com/a"),
        ("", Origin("E", "https://example.com/b"), "https://example.com/b"),
        ("", Origin("E"), f"{BASE}/2026/03/x/"),
        ("javascript:alert(1)", Origin("E", "javascript:alert(1)"), f"{BASE}/2026/03/x/"),
        ("", None, f"{BASE}/2026/03/x/"),
    ],
)
def test_the_canonical_address(canonical_url: str, source: Origin | None, canonical: str) -> None:
    page = make((entry("x", canonical_url=canonical_url, source=source),)).page("2026/03/x/index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == [canonical]
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{BASE}/2026/03/x/"]
    assert not page.xpath("//a[starts-with(@href,'javascript')]")


def test_structured_data_tells_the_article() -> None:
    article, crumbs = data_of(RICH, mixed())
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "rich"
    assert article["datePublished"] == "2026-03-05T09:36:00+00:00"
    assert article["dateModified"] == "2026-03-07T12:00:00+00:00"
    assert article["image"] == [f"{BASE}/quay.jpg"]
    assert article["author"] == [
        {"@type": "Person", "name": "Marta Quintela", "url": f"{BASE}/author/marta-quintela/"},
        {"@type": "Person", "name": "Jonas Achterberg", "url": f"{BASE}/author/jonas-achterberg/"},
    ]
    assert crumbs["@type"] == "BreadcrumbList"
    steps = crumbs["itemListElement"]
    assert isinstance(steps, list)
    assert [step["item"] for step in steps] == [
        f"{BASE}/",
        f"{BASE}/section/weather/",
        f"{BASE}/2026/03/rich/",
    ]


def test_structured_data_of_a_bare_article_leaves_out_what_is_empty() -> None:
    article, _ = data_of("2026/03/bare/index.html", mixed())
    assert article.keys().isdisjoint({"image", "description", "keywords", "articleSection", "isBasedOn"})
    assert article["author"] == [
        {
            "@type": "NewsMediaOrganization",
            "name": "The Harbour Ledger",
            "url": f"{BASE}/",
            "logo": {"@type": "ImageObject", "url": f"{BASE}/icon-512.png"},
        }
    ]


def test_the_policy_names_the_digest_of_the_structured_data() -> None:
    page = make(mixed()).page(RICH)
    scripts = page.xpath("//script")
    assert len(scripts) == 2
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for script in scripts:
        assert f"'sha256-{b64encode(sha256(script.text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")


def test_the_text_is_marked_with_its_language_and_direction() -> None:
    (article,) = make(mixed()).page("2026/03/مد/index.html").xpath("//main/article")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert article.xpath(".//*[contains(@class,'byline')]/@lang") == ["en"]
    (plain,) = make(mixed()).page("2026/03/bare/index.html").xpath("//main/article")
    assert plain.get("lang") is None


def test_a_long_article_has_a_table_of_contents() -> None:
    page = make(mixed()).page(RICH)
    links = page.xpath("//nav[@class='contents']//a/@href")
    assert links == ["#part-0", "#part-1", "#part-2"]
    assert all(page.xpath(f"//*[@id='{link[1:]}']") for link in links)


def test_only_main_headings_of_long_articles_are_contents() -> None:
    headings = tuple(Heading(level, f"H{place}", f"h{place}") for place, level in enumerate((2, 3, 2, 3, 2)))
    long = replace(entry("x", words=2000), headings=headings)
    assert [heading.text for heading in contents(long)] == ["H0", "H2", "H4"]
    assert contents(replace(long, headings=headings[:3])) == ()
    assert contents(replace(entry("x", words=100), headings=headings)) == ()
    assert contents(entry("x", words=2000)) == ()


def test_what_may_scroll_is_within_reach_of_the_keyboard() -> None:
    html = '<table class="x"><tr><td>1</td></tr></table><pre class="highlight">x</pre><p>prefix</p>'
    assert scrollable(html) == (
        '<div class="wide" tabindex="0"><table class="x"><tr><td>1</td></tr></table></div>'
        '<pre tabindex="0" class="highlight">x</pre><p>prefix</p>'
    )


def test_an_image_without_a_web_address_is_not_shown() -> None:
    page = make((entry("x", image=Image("javascript:alert(1)")),)).page("2026/03/x/index.html")
    assert not page.xpath("//img")
