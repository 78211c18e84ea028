"""`publish serve` in a browser: a save shows by itself, a mistake stands on the page until it is mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serve.servers import serving
from tests.work.projects import make

FERRY = "content/harbour/2026-11-18-ferry.md"
ADDRESS = "/2026/11/ferry/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of which the browser may block nothing."""
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    context.close()
    assert not [text for text in said if "Content Security Policy" in text]


def test_saves_show_and_mistakes_are_told(tmp_path: Path, page: Page) -> None:
    root = make(tmp_path)
    file = root / FERRY
    good = file.read_text("utf-8")
    with serving(root) as server:
        page.goto(server.address.rstrip("/") + ADDRESS)
        expect(page.locator("h1")).to_have_text("The ferry is back")

        file.write_text(good.replace("The ferry is back", "The ferry is late"), "utf-8")
        expect(page.locator("h1")).to_have_text("The ferry is late")

        file.write_text(good.replace("title: The", "title: [The"), "utf-8")
        expect(page.get_by_text("2026-11-18-ferry.md:3").first).to_be_visible()
        expect(page.locator("h1")).to_have_text("The ferry is late")

        file.write_text(good, "utf-8")
        expect(page.get_by_text("2026-11-18-ferry.md:3")).to_have_count(0)
        expect(page.locator("h1")).to_have_text("The ferry is back")
