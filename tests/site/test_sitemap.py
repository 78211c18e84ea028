from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from publisher.settings import Publication
from publisher.site.sitemap import robots, sitemap

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
        b"User-agent: *\nAllow: /\n\nSitemap: https://news.example.org/sitemap.xml\n",
    )


def test_dates_before_standard_time_are_whole_minutes_from_utc() -> None:
    (output,) = sitemap([("/", datetime(1850, 3, 1, tzinfo=ZoneInfo("Europe/Berlin")))], PUBLICATION)
    assert texts(output.content, "lastmod") == ["1850-02-28T23:06:32+00:00"]


def test_the_host_is_ascii() -> None:
    here = Publication(base_url="https://z\u00fcrich.example")
    (output,) = sitemap([("/", None)], here)
    assert texts(output.content, "loc") == ["https://xn--zrich-kva.example/"]
    assert b"Sitemap: https://xn--zrich-kva.example/sitemap.xml" in robots(here).content
