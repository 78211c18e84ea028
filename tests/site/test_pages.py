from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from publisher.errors import PublishError
from publisher.model import Image, Origin
from publisher.site.pages import pages
from publisher.templating import finish
from tests.site.samples import (
    BASE,
    LETTER,
    PUBLICATION,
    Made,
    collect,
    days_ago,
    entry,
    make,
    many,
    mixed,
    templates,
    texts,
)

HOSTILE = ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "<b>&amp;'"]
# Made by others: the feed, the newsletter, pictures of the icon.
ICONS = {"favicon.ico", "apple-touch-icon.png", "site.webmanifest"}
ELSEWHERE = {"newsletter/daily/2026-03-05/index.html", *ICONS}
FEEDS = ("/feed.xml", "/feed.atom", "/feed.json")


@pytest.fixture(scope="module")
def made() -> Made:
    return make(mixed(), replace(PUBLICATION, page_size=3), LETTER)


def test_every_link_leads_to_a_page_and_every_fragment_to_an_id(made: Made) -> None:
    for path, page in made.pages().items():
        for href in page.xpath("//@href"):
            parts = urlsplit(href)
            if parts.netloc and not href.startswith(BASE):
                continue
            target = made.at(href) if parts.path else path
            found = target in made.outputs or target in ELSEWHERE or f"/{target}".endswith(FEEDS)
            assert found, (path, href)
            if parts.fragment:
                assert made.page(target).xpath(f"//*[@id='{parts.fragment}']"), (path, href)


def test_every_page_is_whole(made: Made) -> None:
    for path, page in made.pages().items():
        assert made.outputs[path].startswith(b"<!doctype html>\n"), path
        assert page.get("lang") == "en", path
        assert len(page.xpath("//h1")) == 1, path
        assert len(page.xpath("//main")) == 1, path
        assert page.xpath("//title")[0].text, path
        repeated = {each: n for each, n in Counter(page.xpath("//@id")).items() if n > 1}
        assert not repeated, path
        assert page.xpath("//a[@class='skip']/@href") == ["#_main"], path
        assert not page.xpath("//@style | //*[starts-with(name(@*),'on')]"), path
        assert len(page.xpath("//link[@rel='stylesheet']")) == 1, path
        assert all(image.get("alt") is not None for image in page.xpath("//img")), path


def test_titles_and_canonical_addresses_are_distinct(made: Made) -> None:
    found = made.pages()
    indexed = [page for path, page in found.items() if path != "404.html"]
    canonical = [page.xpath("string(//link[@rel='canonical']/@href)") for page in indexed]
    assert len(set(canonical)) == len(canonical) == len(found) - 1
    assert all(address.startswith("https://") for address in canonical)


def test_feed_newsletter_and_icon_are_discovered_on_every_page(made: Made) -> None:
    for path, page in made.pages().items():
        for kind, ending in (("rss+xml", "xml"), ("atom+xml", "atom"), ("feed+json", "json")):
            feed, *_ = page.xpath(f"//link[@rel='alternate' and @type='application/{kind}']")
            assert feed.get("href") == f"/feed.{ending}", path
        assert "/icon.svg" in page.xpath("//link[@rel='icon']/@href"), path
        assert "/newsletter/" in page.xpath("//header//a/@href"), path
    assert not make(mixed()).page("index.html").xpath("//a[contains(@href,'newsletter')]")


def test_the_newest_featured_article_leads_the_front_page() -> None:
    entries = (entry("new"), entry("mid", featured=True, date=days_ago(1)), entry("old", featured=True))
    titles = texts(make(entries).page("index.html"), "//article//h2")
    assert titles == ["mid", "new", "old"]
    assert texts(make(many(2)).page("index.html"), "//article//h2") == ["n0", "n1"]


def test_the_front_page_goes_on_page_by_page_numbered_from_the_oldest() -> None:
    site = make(many(11), replace(PUBLICATION, page_size=4))
    listed = [
        texts(site.page(path), "//main//article//*[self::h2 or self::h3]")
        for path in ("index.html", "page/2/index.html", "page/1/index.html")
    ]
    assert listed == [["n0", "n1", "n2"], ["n3", "n4", "n5", "n6"], ["n7", "n8", "n9", "n10"]]
    assert "page/3/index.html" not in site.outputs
    second = site.page("page/2/index.html")
    assert second.xpath("//nav[@class='pager']//a/@href") == ["/", "/page/1/"]
    assert second.xpath("//link[@rel='prev' or @rel='next']/@href") == [f"{BASE}/", f"{BASE}/page/1/"]
    assert second.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/page/2/"]
    assert texts(second, "//title") == ["Latest – Page 2 · The Harbour Ledger"]
    assert site.page("index.html").xpath("//nav[@class='pager']//a/@href") == ["/page/2/"]


def test_a_new_article_changes_few_pages_of_many() -> None:
    entries = tuple(
        entry(f"n{n}", date=days_ago(n / 4), tags=("Fog", f"Tag {n % 7}"), section=f"Section {n % 3}")
        for n in range(1000)
    )
    old, new = make(entries[1:]).outputs, make(entries).outputs
    changed = {path for path in new if old.get(path) != new[path]}
    assert len(old) > 1200
    assert old.keys() <= new.keys()
    # The lists that have it: front, a section, two tags, an author, a month; then its page and neighbour.
    assert len(changed) <= 6 * 3 + 12
    assert not {path for path in changed if "/page/1/" in path}


def test_the_lead_of_the_front_page_may_be_older_than_its_list() -> None:
    entries = (*many(9), entry("old", date=days_ago(20), featured=True))
    site = make(entries, replace(PUBLICATION, page_size=3))
    assert texts(site.page("index.html"), "//main//article//h2") == ["old", "n0", "n1", "n2", "n3"]
    assert "old" in texts(site.page("page/1/index.html"), "//main//h2")


def test_sections_tags_and_authors_list_their_articles_and_no_others(made: Made) -> None:
    first = made.page("section/culture-food/index.html")
    assert texts(first, "//h1") == ["Culture & Food"]
    assert texts(first, "//article//h2") == ["n0", "n1", "n2", "n3"]
    assert texts(made.page("section/culture-food/page/1/index.html"), "//article//h2") == ["n4", "n5", "n6"]
    assert texts(made.page("tag/مدّ-وجزر/index.html"), "//article//h2") == ["ثلاثة سجلات"]
    assert texts(made.page("author/ليلى/index.html"), "//h1") == ["ليلى"]
    assert texts(made.page("section/index.html"), "//main//li") == [
        "Culture & Food 7",
        "Environment 1",
        "Weather 2",
    ]


def test_the_current_section_is_marked_in_the_navigation(made: Made) -> None:
    page = made.page("section/weather/index.html")
    assert texts(page, "//*[@aria-current='page']") == ["Weather"]


def test_the_archive_lists_years_and_months(made: Made) -> None:
    page = made.page("archive/index.html")
    assert texts(page, "//h2/a") == ["2026", "2025"]
    assert page.xpath("//h2/a/@href") == ["/archive/2026/", "/archive/2025/"]
    assert texts(page, "//h2/following-sibling::ul/li")[:2] == ["March 2026 5", "February 2026 2"]
    year = made.page("archive/2026/index.html")
    assert texts(year, "//h2/a")[0] == "March 2026"
    assert texts(year, "//h2/following-sibling::ul/li")[:2] == ["rich", "eels"]
    assert texts(made.page("archive/2026/03/index.html"), "//h1") == ["March 2026"]
    months = [path for path in made.outputs if path.startswith("archive/20") and path.count("/") > 2]
    listed = sum(len(made.page(path).xpath("//article")) for path in months)
    assert listed == len(mixed())


def test_months_are_those_of_the_publications_zone() -> None:
    turn = entry("turn", date=days_ago(4.4))  # 1 March 02:24 UTC
    site = make((turn,), replace(PUBLICATION, time_zone="America/New_York"))
    assert "archive/2026/02/index.html" in site.outputs


def test_a_right_to_left_publication() -> None:
    site = make(mixed(), replace(PUBLICATION, language="ar"))
    page = site.page("index.html")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    cards = page.xpath("//main//article/div")
    assert {card.get("dir") for card in cards} == {"ltr", None}
    assert "الأرشيف" in texts(page, "//footer//a")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words(hostile: str) -> None:
    each = entry(
        "x",
        title=hostile,
        summary=hostile,
        authors=(hostile,),
        section=hostile,
        tags=(hostile,),
        image=Image(f"{BASE}/{hostile}", hostile, hostile),
        source=Origin(hostile, f"https://example.com/{hostile}", hostile, hostile),
    )
    publication = replace(PUBLICATION, title=hostile, description=hostile, rights=hostile)
    site = make((each, entry("y", date=days_ago(1))), publication)
    for path, page in site.pages().items():
        more = path.startswith(("2026", "search")) or path == "index.html"
        assert len(page.xpath("//script")) == (2 if more else 1), path
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), path
    article = site.page("2026/03/x/index.html")
    assert texts(article, "//h1") == [" ".join(hostile.split())]
    assert article.xpath("//figure/img/@alt") == [hostile]
    assert article.xpath("//meta[@property='og:title']/@content") == [hostile]


def test_a_publication_without_articles_still_has_a_site() -> None:
    site = make(())
    assert {path for path in site.outputs if not path.startswith("search")} - {
        site.at(site.page("index.html").xpath("//link[@rel='stylesheet']/@href")[0])
    } == {
        "index.html",
        "archive/index.html",
        "404.html",
        "icon.svg",
        "feeds.opml",
    }
    assert texts(site.page("index.html"), "//*[@class='empty']") == ["Nothing has been published here yet."]


def test_below_a_folder_all_links_stay_below_it() -> None:
    publication = replace(PUBLICATION, base_url="https://example.org/news")
    for path, page in make(mixed(), publication, LETTER).pages().items():
        inner = [href for href in page.xpath("//body//a/@href") if href.startswith("/")]
        assert inner, path
        assert all(href.startswith("/news/") for href in inner), path


def test_the_missing_page_is_not_indexed(made: Made) -> None:
    page = made.page("404.html")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//link[@rel='canonical']")
    assert page.xpath("//main//a/@href") == ["/", "/archive/"]


def test_the_bytes_depend_on_the_input_only(made: Made) -> None:
    again = make(mixed(), replace(PUBLICATION, page_size=3), LETTER)
    assert list(again.outputs.items()) == list(made.outputs.items())


def test_a_publication_overrides_one_partial() -> None:
    outputs = pages(mixed(), PUBLICATION, templates(partials__footer="<footer>Ours</footer>\n"))
    assert all(texts(page, "//footer[not(@class)]") == ["Ours"] for page in collect(outputs).pages().values())


def test_a_mistake_in_a_template_is_an_error_with_its_place() -> None:
    with pytest.raises(PublishError) as caught:
        finish(pages(mixed(), PUBLICATION, templates(listing="\n{{ heding }}")))
    assert caught.value.where == "listing.html:2"


def test_pages_are_light(made: Made) -> None:
    first = len(made.outputs["2026/03/rich/index.html"]) + len(made.css.encode())
    assert first < 30_000
