from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from publisher.model import Origin, Output
from publisher.settings import Publication
from publisher.site.sitemap import listed, news_sitemap, robots, sitemap
from tests.site.samples import NOON, days_ago, entry

PUBLICATION = Publication(base_url="https://news.example.org/")
DATE = datetime(2026, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=2)))
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def texts(content: bytes, tag: str) -> list[str | None]:
    return [element.text for element in etree.fromstring(content).iterfind(f".//s:{tag}", NS)]


def test_pages_with_and_without_date() -> None:
    (output,) = sitemap([("/", DATE), ("/2026/größe & mehr/", None)], PUBLICATION)
    assert output.path == "sitemap.xml"
    assert output.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset ')
    assert texts(output.content, "loc") == [
        "https://news.example.org/",
        "https://news.example.org/2026/gr%C3%B6%C3%9Fe%20&%20mehr/",
    ]
    assert texts(output.content, "lastmod") == ["2026-05-01T08:30:00+02:00"]


def test_no_pages_make_an_empty_sitemap() -> None:
    (output,) = sitemap([], PUBLICATION)
    assert texts(output.content, "loc") == []


def test_many_pages_make_parts_and_an_index() -> None:
    newest = datetime(2026, 6, 1, tzinfo=UTC)
    urls = [("/a/", DATE), ("/b/", newest), ("/c/", None)]
    first, second, index = sitemap(urls, PUBLICATION, most=2)
    assert [output.path for output in (first, second, index)] == [
        "sitemap-1.xml",
        "sitemap-2.xml",
        "sitemap.xml",
    ]
    assert texts(second.content, "loc") == ["https://news.example.org/c/"]
    assert texts(index.content, "loc") == [
        "https://news.example.org/sitemap-1.xml",
        "https://news.example.org/sitemap-2.xml",
    ]
    assert texts(index.content, "lastmod") == ["2026-06-01T00:00:00+00:00"]


@pytest.mark.parametrize(("count", "files"), [(50_000, 1), (50_001, 3)])
def test_the_limit_of_the_protocol(count: int, files: int) -> None:
    assert len(sitemap([("/a/", None)] * count, PUBLICATION)) == files


def test_robots_name_the_sitemap() -> None:
    output = robots(PUBLICATION)
    assert (output.path, output.content) == (
        "robots.txt",
        b"User-agent: *\nAllow: /\n\nSitemap: https://news.example.org/sitemap.xml\n"
        b"Sitemap: https://news.example.org/sitemap-news.xml\n",
    )


def test_dates_before_standard_time_are_whole_minutes_from_utc() -> None:
    (output,) = sitemap([("/", datetime(1850, 3, 1, tzinfo=ZoneInfo("Europe/Berlin")))], PUBLICATION)
    assert texts(output.content, "lastmod") == ["1850-02-28T23:06:32+00:00"]


def test_the_host_is_ascii() -> None:
    here = Publication(base_url="https://z\u00fcrich.example")
    (output,) = sitemap([("/", None)], here)
    assert texts(output.content, "loc") == ["https://xn--zrich-kva.example/"]
    assert b"Sitemap: https://xn--zrich-kva.example/sitemap.xml" in robots(here).content


def test_the_sitemap_lists_pages_and_not_what_leads_or_belongs_elsewhere() -> None:
    entries = (
        entry("new", aliases=("/old/",)),
        entry("hidden", noindex=True),
        entry("copy", source=Origin("E", "https://example.com/b")),
        entry("about", kind="page"),
    )
    paths = (
        "index.html",
        "404.html",
        "old/index.html",
        *(f"2026/03/{e.card.slug}/index.html" for e in entries),
    )
    outputs = [Output(path, b"") for path in paths]
    found = dict(listed(outputs, entries, syndicated=True))
    assert found == {
        "/": None,
        "/2026/03/about/": None,
        "/2026/03/copy/": NOON,
        "/2026/03/new/": NOON,
    }
    assert "/2026/03/copy/" not in dict(listed(outputs, entries, syndicated=False))


def test_news_are_the_articles_of_the_two_days_before_the_newest() -> None:
    entries = (
        entry("a", title="<A> & B", language="pt-BR"),
        entry("b", date=days_ago(2)),
        entry("c", date=days_ago(2.1)),
        entry("copy", source=Origin("E", "https://example.com/b")),
    )
    output = news_sitemap(entries, PUBLICATION)
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    found = etree.fromstring(output.content)
    assert output.path == "sitemap-news.xml"
    assert [each.text for each in found.iter(f"{space}title")] == ["<A> & B", "b"]
    assert [each.text for each in found.iter(f"{space}language")] == ["pt", "en"]
    assert found.findtext(f".//{space}publication_date") == "2026-03-05T12:00:00+00:00"
    assert news_sitemap((), PUBLICATION).content.count(b"<url>") == 0
