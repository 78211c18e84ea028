"""The demo's JSON-LD has what schema.org and Google's guides (Article, Breadcrumb, ProfilePage) ask for."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from PIL import Image

BASE = "https://ledger.example.org/"
# What each type must have, required and recommended.
FIELDS = {
    "NewsArticle": (
        "headline description image datePublished dateModified author publisher mainEntityOfPage url "
        "inLanguage wordCount"
    ),
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "WebSite": "name url description publisher inLanguage",
    "ProfilePage": "mainEntity",
    "Person": "name url",
    "NewsMediaOrganization": "name url logo",
    "ImageObject": "url",
    "WebPage": "@id",
}
DATES = {"datePublished", "dateModified"}
ADDRESSES = {"url", "item", "@id", "image", "logo", "sameAs", "license", "isBasedOn", "mainEntityOfPage"}
Node = dict[str, Any]


@pytest.fixture(scope="module")
def blocks(demo: Path) -> dict[str, list[Node]]:
    """The nodes of each page's JSON-LD, by the page's path."""
    return {
        file.relative_to(demo).as_posix(): [
            node
            for text in lxml.html.parse(file).xpath("//script[@type='application/ld+json']/text()")
            for node in _graph(json.loads(str(text)))
        ]
        for file in sorted(demo.rglob("*.html"))
    }


def _graph(data: Node) -> list[Node]:
    assert data["@context"] == "https://schema.org"
    return list(data.get("@graph", [data]))


def nodes(value: object) -> Iterator[Node]:
    """Every node of the tree that has a type."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)


def every(blocks: dict[str, list[Node]], kind: str) -> list[tuple[str, Node]]:
    found = [(path, node) for path, tops in blocks.items() for node in nodes(tops) if node["@type"] == kind]
    assert found, f"the demo has no {kind}"
    return found


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return []  # has a type of its own, and is looked at by itself
    return [text for each in value for text in strings(each)] if isinstance(value, list) else [str(value)]


def test_pages_have_the_types_that_they_should(blocks: dict[str, list[Node]]) -> None:
    kinds = {path: {node["@type"] for node in tops} for path, tops in blocks.items()}
    articles = {path for path in blocks if path[:2] == "20"}
    assert len(articles) > 20
    assert all(kinds[path] == {"NewsArticle", "BreadcrumbList"} for path in articles)
    assert kinds["index.html"] == {"WebSite"}
    assert kinds["author/nell-hathersage/index.html"] == {"ProfilePage"}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_node_has_its_fields(blocks: dict[str, list[Node]], kind: str) -> None:
    missing = [
        (path, name)
        for path, node in every(blocks, kind)
        for name in FIELDS[kind].split()
        if not node.get(name)
    ]
    assert missing == []


def test_every_type_is_one_that_is_checked_here(blocks: dict[str, list[Node]]) -> None:
    assert {node["@type"] for tops in blocks.values() for node in nodes(tops)} == set(FIELDS)


def test_dates_have_a_zone_and_come_in_order(blocks: dict[str, list[Node]]) -> None:
    for path, node in every(blocks, "NewsArticle"):
        published, modified = (datetime.fromisoformat(node[name]) for name in sorted(DATES, reverse=True))
        assert published.tzinfo, path
        assert modified.tzinfo, path
        assert published <= modified, path


def test_addresses_are_absolute_and_those_of_the_site_exist(
    blocks: dict[str, list[Node]], demo: Path
) -> None:
    found = {
        (path, text)
        for path, tops in blocks.items()
        for node in nodes(tops)
        for name in ADDRESSES & node.keys()
        for text in strings(node[name])
    }
    assert [each for each in found if urlsplit(each[1]).scheme not in {"http", "https"}] == []
    own = [each for each in found if each[1].startswith(BASE)]
    assert len(own) > 100
    assert [each for each in own if not place(demo, each[1]).is_file()] == []


def place(site: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path).lstrip("/")
    return site / path / "index.html" if address.endswith("/") else site / path


def test_an_article_says_what_its_page_shows(blocks: dict[str, list[Node]], demo: Path) -> None:
    for path, node in every(blocks, "NewsArticle"):
        page = lxml.html.parse(demo / path)
        (title,) = page.xpath("//main//h1")
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert node["headline"] == " ".join(title.text_content().split())[:110]
        assert node["mainEntityOfPage"]["@id"] == canonical
        assert node["author"]
        assert {each["@type"] for each in node["author"]} <= {"Person", "NewsMediaOrganization"}


def test_pictures_are_large_enough(blocks: dict[str, list[Node]], demo: Path) -> None:
    """Google's guide to Article: at least 50,000 pixels, and 1,200 wide for large previews."""
    for path, node in every(blocks, "NewsArticle"):
        for address in node["image"]:
            with Image.open(place(demo, address)) as image:
                assert image.width >= 1200, path
                assert image.width * image.height >= 50_000, path


def test_breadcrumbs_lead_from_the_front_page_to_the_article(blocks: dict[str, list[Node]]) -> None:
    for path, node in every(blocks, "BreadcrumbList"):
        steps = node["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), path
        assert steps[0]["item"] == BASE
        assert unquote(steps[-1]["item"]) == BASE + path.removesuffix("index.html")
        assert len(steps) in {2, 3}
