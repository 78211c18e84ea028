"""The document this product was made for (DESIGN.md section 8), through every output."""

import re
from html import unescape
from pathlib import Path

import feedparser
import pytest
from lxml import html

from publisher.clean.trace import fates
from publisher.content.article import parse
from publisher.entry import prepare
from publisher.model import Source
from publisher.newsletter.editions import editions
from publisher.work.mailing import next_digest, open_desk
from publisher.work.place import open_place
from tests.work.projects import CONFIGURATION, NOW, built, make

CASE = Path(__file__).parents[1] / "content/technology/2026-11-19-facebook-netflix-messages.txt"
TITLE = "Facebook Allegedly Sold Private Messages to Netflix: A Privacy Debacle Unveiled"
CHROME = (
    "WebProNews newsletter",
    "decision makers",
    "Advertise with Us",
    "Ready to get started",
    "media kit",
    "Maximilan",
)
ADDRESS = "2026/11/facebook-netflix-messages/"


def paragraphs() -> list[str]:
    """The seven paragraphs as they stand in the document, without indent and bullet."""
    indented = [
        line for line in CASE.read_text("utf-8").split("\n") if len(line) > 250 and line.startswith("  ")
    ]
    return [line.strip().removeprefix("• ") for line in indented]


def texts(page: str, tag: str) -> list[str]:
    """The text of every element `tag`, white space folded."""
    elements = html.fromstring(f"<div>{page}</div>").iter(tag)
    return [" ".join("".join(map(str, element.itertext())).split()) for element in elements]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founding")
    make(folder, {f"technology/{CASE.name}": CASE.read_text("utf-8")}, CONFIGURATION)
    built(folder)
    return folder


def test_the_document_has_the_paragraphs_the_design_speaks_of() -> None:
    assert len(paragraphs()) == 8


def test_front_matter_and_body() -> None:
    place = open_place(Path(__file__).parents[1], None, {})
    article = prepare(Source(f"technology/{CASE.name}", CASE.read_text("utf-8")), place.publication).article
    assert article.front.title == TITLE
    assert article.front.authors == ("Staff",)
    assert article.front.source is not None
    assert article.front.source.name == "WebProNews"
    assert [line.text for line in article.lines if not line.blank] == paragraphs()


def test_ten_lines_are_removed_each_with_code_and_number() -> None:
    place = open_place(Path(__file__).parents[1], None, {})
    source = Source(f"technology/{CASE.name}", CASE.read_text("utf-8"))
    lines = [n for n, text in enumerate(source.text.split("\n"), 1) if text.strip()]
    traced = fates(parse(source, place.publication), prepare(source, place.publication))
    assert [fate.number for fate in traced] == lines
    gone = [fate for fate in traced if fate.kind in {"removed", "moved"}]
    assert [fate.number for fate in gone] == [1, 3, 4, 5, 22, 24, 26, 27, 29, 31]
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", code) for fate in gone for code in fate.codes)
    assert all(fate.codes for fate in gone)
    assert len(traced) - len(gone) == len(paragraphs())


def test_the_page(root: Path) -> None:
    page = (root / "site" / ADDRESS / "index.html").read_text("utf-8")
    assert texts(page, "h1") == [TITLE]
    assert [text for text in texts(page, "p") if text in paragraphs()] == paragraphs()
    assert not texts(page, "pre")
    shown = " ".join(texts(page, "main"))
    assert "Staff" in shown
    assert not [word for word in CHROME[1:] if word in shown]


def test_the_feed(root: Path) -> None:
    feed = feedparser.parse((root / "site" / "feed.xml").read_bytes())
    (item,) = feed.entries
    assert (item.title, item.author) == (TITLE, "Staff")
    assert texts(item.content[0].value, "p") == paragraphs()
    assert not [word for word in CHROME if word in unescape(item.content[0].value)]


def test_the_digest(root: Path) -> None:
    place = open_place(root, None, {})
    digest = next_digest(open_desk(place, NOW), editions(place.publication)[0], early=False)
    assert digest.letter is not None
    for part in (digest.letter.html, digest.letter.text):
        words = " ".join(unescape(part).split())
        assert "Facebook Allegedly Sold Private Messages" in words
        assert "According to a report in TheQuartering" in words
        assert not [word for word in CHROME if word in words]
