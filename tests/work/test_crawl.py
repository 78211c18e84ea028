"""Whole sites read back from disk: every address of their own leads to a file, every anchor to a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

from tests.work.corpus import CONFIGURATION, articles
from tests.work.projects import built, make

_ATTRIBUTES = {"href", "src", "action", "poster"}


@dataclass(frozen=True, slots=True)
class Site:
    """A folder, its base address, and the anchors of each page by the page's path."""

    folder: Path
    base: str
    anchors: dict[str, frozenset[str]]

    def path(self, address: str) -> str:
        """The path below the folder that a static server answers an absolute address with."""
        path = unquote(urlsplit(address).path).removeprefix(urlsplit(self.base).path)
        return path + "index.html" if path.endswith("/") or not path else path


def addresses(page: HtmlElement) -> Iterator[str]:
    """Every address in a page as it stands there: of links, pictures and their sizes, forms, cards."""
    for element, attribute, value, _ in page.iterlinks():
        if attribute in _ATTRIBUTES and element.get("method") != "post":  # where a form goes is no page
            yield value.strip()
    for value in page.xpath("//@srcset"):
        yield from (each.split()[0] for each in str(value).split(","))
    yield from (
        str(value) for value in page.xpath("//meta[@property='og:image' or @property='og:url']/@content")
    )
    for value in page.xpath("//meta[@http-equiv='refresh']/@content"):
        yield str(value).partition("url=")[2]


def broken(folder: Path, base: str) -> tuple[int, list[tuple[str, str]]]:
    """How many addresses of its own the site has, and those that lead nowhere, by page."""
    pages = {
        file.relative_to(folder).as_posix(): lxml.html.document_fromstring(file.read_bytes())
        for file in sorted(folder.rglob("*.html"))
    }
    anchors = {path: frozenset(each.get("id", "") for each in page.iter()) for path, page in pages.items()}
    site = Site(folder, base, anchors)
    seen, lost = 0, []
    for path, page in pages.items():
        for each in addresses(page):
            address = urljoin(base + path.removesuffix("index.html"), each)
            if address.startswith(base):
                seen += 1
                if not leads_somewhere(site, address):
                    lost.append((path, each))
    return seen, lost


def leads_somewhere(site: Site, address: str) -> bool:
    whole, fragment = urldefrag(address)
    path = site.path(whole)
    if not (site.folder / path).is_file():
        return False
    return not fragment or path not in site.anchors or unquote(fragment) in site.anchors[path]


def test_nothing_of_the_demo_leads_nowhere(demo: Path) -> None:
    seen, lost = broken(demo, "https://ledger.example.org/")
    assert seen > 5_000
    assert lost == []


def test_nothing_of_a_long_archive_leads_nowhere(tmp_path: Path) -> None:
    built(make(tmp_path, articles(300), CONFIGURATION), jobs=2)
    seen, lost = broken(tmp_path / "site", "https://ledger.example.org/news/")
    assert len(list((tmp_path / "site").rglob("*.html"))) > 400
    assert seen > 20_000
    assert lost == []


def test_a_broken_address_and_a_broken_anchor_are_seen(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        "<p id=here><a href='/a/#there'>a</a><a href='#here'>b</a><a href='#gone'>c</a><img src='a/no.png'>"
    )
    (tmp_path / "a" / "index.html").write_text("<p id=where><a href='../'>d</a>")
    seen, lost = broken(tmp_path, "https://example.org/")
    assert seen == 5
    assert lost == [("index.html", "/a/#there"), ("index.html", "#gone"), ("index.html", "a/no.png")]
