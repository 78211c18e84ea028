"""The sitemaps of whole sites against the schemas of their protocols (tests/site/schemas)."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from publisher.settings import Publication
from publisher.site.sitemap import news_sitemap, sitemap
from tests.site.samples import days_ago, many

SCHEMAS = Path(__file__).parents[1] / "site" / "schemas"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
PUBLICATION = Publication(title="Tides & <Times>", base_url="https://news.example.org/", language="zh-TW")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


def check(schema: etree.XMLSchema, content: bytes) -> None:
    schema.assertValid(etree.ElementTree(etree.fromstring(content)))


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap-news.xml"])
def test_those_of_the_demo_are_valid_and_lead_to_its_pages(
    demo: Path, schema: etree.XMLSchema, name: str
) -> None:
    content = (demo / name).read_bytes()
    check(schema, content)
    paths = [unquote(urlsplit(str(each.text)).path) for each in etree.fromstring(content).iter(LOC)]
    assert paths
    assert [path for path in paths if not (demo / path.lstrip("/") / "index.html").is_file()] == []


def test_an_index_and_its_parts(schema: etree.XMLSchema) -> None:
    urls = [(f"/größe & mehr/{n} ’x’/", days_ago(n)) for n in range(5)]
    for output in sitemap(urls, PUBLICATION, most=2):
        check(schema, output.content)


@pytest.mark.parametrize("language", ["", "de", "pt-BR", "zh-cn", "gsw"])
def test_news_in_any_language(schema: etree.XMLSchema, language: str) -> None:
    check(schema, news_sitemap(many(3, language=language, title="<Fog> & more"), PUBLICATION).content)


@pytest.mark.parametrize(
    "wrong",
    [
        "<url><loc>/relative/</loc></url>",
        "<url><loc>https://news.example.org/größe/</loc></url>",
        "<url><loc>https://news.example.org/</loc><lastmod>2026-03-05T12:00:00</lastmod></url>",
        "<url><lastmod>2026-03-05</lastmod></url>",
        "<url><loc>https://news.example.org/</loc></url><url><loc>https://news.example.org/</loc></url>",
    ],
)
def test_the_schema_refuses_what_is_wrong(schema: etree.XMLSchema, wrong: str) -> None:
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{wrong}</urlset>'
    assert not schema.validate(etree.ElementTree(etree.fromstring(text)))
