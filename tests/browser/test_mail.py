"""The digest in a browser: every text stands out from what is behind it, in both schemes, at every width."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from publisher.model import Card, Image
from publisher.newsletter.issue import compose
from publisher.newsletter.note import Note, Sponsor
from publisher.newsletter.render import render
from publisher.settings import Publication
from tests.newsletter.digests import FULL, THEME, hostile, invented
from tests.newsletter.samples import NOON

_INTRO = (
    "<p>Good <a href='https://x.example/'>day</a>.</p><ul><li>One</li></ul><blockquote>Said.</blockquote>"
)
_ROPE = Image("https://rope.example.com/a.png", "A rope")
_PATRON = Sponsor("Ropes that hold.", "https://rope.example.com/", "", _ROPE)
# For each text: its own colour, the colours behind it from the inside out, its size; alternative texts, too.
_TEXTS = """() => {
  const behind = node => {
    const found = [];
    for (let e = node; e; e = e.parentElement) found.push(getComputedStyle(e).backgroundColor);
    return found;
  };
  const told = (element, text) => ({
    text, colour: getComputedStyle(element).color, behind: behind(element),
    size: parseFloat(getComputedStyle(element).fontSize),
  });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (text && element.checkVisibility()) texts.push(told(element, text));
  }
  for (const img of document.images) texts.push(told(img, img.alt));
  return texts;
}"""
Colour = tuple[float, float, float]
Scheme = Literal["light", "dark"]


def html(publication: Publication, *more: Card) -> str:
    note = Note(html=_INTRO, text="Good morning. One Said.", sponsor=_PATRON)
    cards = (*invented(8), replace(invented(9)[8], language="he", title="שלום לכולם", summary="עולם"), *more)
    issue = compose(cards, NOON.date(), publication, note=note)
    assert issue is not None
    return render(issue, publication, THEME).html


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "accent"), [("en", "#0f5e7a"), ("ar", "#ffd400")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(page: Page, scheme: Scheme, language: str, accent: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_content(html(replace(FULL, language=language, accent=accent)), wait_until="domcontentloaded")
    texts = page.evaluate(_TEXTS)
    assert len(texts) > 50
    faint = [
        (text["text"], text["colour"], ground)
        for text in texts
        for ground in [_ground(text["behind"])]
        if _contrast(_opaque(text["colour"]), ground) < 4.5
    ]
    assert faint == []
    assert min(text["size"] for text in texts) >= 12
    dark = [sum(_ground(text["behind"])) / 3 < 128 for text in texts]
    assert set(dark) == {scheme == "dark"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_the_screen(page: Page, language: str) -> None:
    page.set_content(html(replace(FULL, language=language), *hostile()), wait_until="domcontentloaded")
    for width in (320, 375, 600, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        column = page.evaluate("document.querySelector('.card > table').getBoundingClientRect().width")
        assert column == min(width, 600)


def _opaque(colour: str) -> Colour:
    red, green, blue, *alpha = (float(part) for part in colour.partition("(")[2].rstrip(")").split(","))
    assert alpha in ([], [1.0])
    return red, green, blue


def _ground(behind: list[str]) -> Colour:
    """The first colour behind a text that is not transparent; white paper if there is none."""
    return next((_opaque(each) for each in behind if each != "rgba(0, 0, 0, 0)"), (255, 255, 255))


def _contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, "contrast ratio"."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
