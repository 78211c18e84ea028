"""A reader goes through the built demo in a browser: reads on, searches, chooses a scheme, signs up."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize, expect

from tests.work.demo import copy_demo
from tests.work.projects import built

WIDE: ViewportSize = {"width": 1280, "height": 800}
LIGHT, DARK = "rgb(255, 253, 249)", "rgb(23, 21, 19)"
_SIGNUP = "https://ledger.example.org/subscribe"


class Desk(HTTPServer):
    """Where the sign-up form of the demo posts to; keeps what came, the path and the fields."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.came: list[tuple[str, dict[str, list[str]]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Desk

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.came.append((self.path, parse_qs(body)))
        self._say("<!doctype html><title>Thanks</title><link rel=icon href='data:,'><p>Look into your mail.")

    def _say(self, page: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    server = Desk()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str], desk: Desk) -> str:
    """The address of the demo, built; its form posts to the desk."""
    root = copy_demo(tmp_path_factory.mktemp("demo"))
    configuration = (root / "pyproject.toml").read_text("utf-8")
    assert _SIGNUP in configuration
    changed = configuration.replace(_SIGNUP, f"{desk.address}/subscribe")
    (root / "pyproject.toml").write_text(changed, "utf-8")
    built(root, jobs=2)
    return serve(root / "site")


def opened(browser: Browser, scripts: bool) -> tuple[BrowserContext, Page, list[str]]:
    """A page, and what goes wrong in it: messages on the console, faults, answers of 400 and above."""
    # without motion: a click before a page is styled cuts its transition short, and Chromium says so
    context = browser.new_context(
        viewport=WIDE, color_scheme="light", reduced_motion="reduce", java_script_enabled=scripts
    )
    page, said = context.new_page(), list[str]()

    def hear(message: ConsoleMessage) -> None:
        said.append(f"{page.url}: {message.text}")

    def look(response: Response) -> None:
        if response.status >= 400:
            said.append(f"{response.status} {response.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: said.append(f"{request.failure}: {request.url}"))
    page.on("response", look)
    return context, page, said


def faults(said: list[str]) -> list[str]:
    """Without the pictures that were still on their way when the reader left."""
    return [each for each in said if not each.startswith("net::ERR_ABORTED")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may be blocked, fail, or say anything."""
    context, page, said = opened(browser, scripts=True)
    yield page
    context.close()
    assert faults(said) == []


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def either(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The same, with and without JavaScript."""
    context, page, said = opened(browser, scripts=request.param)
    yield page
    context.close()
    assert faults(said) == []


def heading(page: Page) -> str:
    return page.locator("main h1").inner_text()


def test_from_the_front_page_through_articles_to_the_section(either: Page, site: str) -> None:
    either.goto(f"{site}/")
    lead = either.locator(".lead h2 a")
    title = lead.inner_text()
    lead.click()
    assert heading(either) == title
    either.locator("nav.neighbours a[rel=prev]").click()
    before = heading(either)
    assert before != title
    either.locator("nav.neighbours a[rel=next]").click()
    assert heading(either) == title
    section = either.locator("header.head .kicker a")
    name = section.inner_text()
    section.click()
    assert heading(either).casefold() == name.casefold()
    expect(either.get_by_role("link", name=title, exact=True)).to_have_count(1)


def test_the_archive_leads_to_every_month_and_back_home(either: Page, site: str) -> None:
    either.goto(f"{site}/2026/11/the-price-of-ice/")
    either.locator("footer").get_by_role("link", name="Archive").click()
    expect(either.locator("main h1")).to_have_text("Archive")
    either.locator("main a[href$='/archive/2026/10/']").first.click()
    expect(either.locator("main")).to_contain_text("Concerto for foghorn")
    either.locator("header.masthead .title a").click()
    assert either.url == f"{site}/"


def test_a_topic_an_author_and_the_newsletter(either: Page, site: str) -> None:
    either.goto(f"{site}/2026/10/farrow-ferry-winter-timetable/")
    either.locator("a[rel=tag]", has_text="tides").click()
    expect(either.locator("main h1")).to_have_text("tides")
    either.go_back()
    either.locator("header.head a[rel=author]").first.click()
    expect(either.locator("main h1")).to_have_text("Nell Hathersage")
    either.locator("header.masthead nav").get_by_role("link", name="Newsletter").click()
    expect(either.locator("main h1")).to_have_text("Newsletter")


def test_footnotes_and_contents_lead_to_their_places(either: Page, site: str) -> None:
    either.goto(f"{site}/2026/10/farrow-ferry-winter-timetable/")
    either.locator(".footnote-ref a").first.click()
    expect(either.locator(".footnotes li").first).to_be_in_viewport()
    either.locator(".footnote-backref").first.click()
    expect(either.locator(".footnote-ref").first).to_be_in_viewport()


def test_searching_from_the_front_page(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.get_by_role("searchbox").fill("timetable")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Articles found")
    result = page.locator("#_results h2 a").first
    title = result.inner_text()
    result.click()
    assert heading(page) == title
    assert "timetable" in page.locator("main").inner_text().casefold()


def test_without_scripts_the_search_page_leads_on(browser: Browser, site: str) -> None:
    context, page, said = opened(browser, scripts=False)
    page.goto(f"{site}/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.locator("header.masthead").get_by_role("link", name="Search").click()
    page.locator("main").get_by_role("link", name="Archive").click()
    expect(page.locator("main h1")).to_have_text("Archive")
    context.close()
    assert faults(said) == []


def test_the_switch_changes_the_scheme(either: Page, site: str) -> None:
    either.goto(f"{site}/")
    root = either.locator("body")
    expect(root).to_have_css("background-color", LIGHT)
    either.locator("#_dark").check()
    expect(root).to_have_css("background-color", DARK)
    either.locator("#_light").check()
    expect(root).to_have_css("background-color", LIGHT)
    either.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(root).to_have_css("background-color", LIGHT)
    either.locator("#_auto").check()
    expect(root).to_have_css("background-color", DARK)


def test_the_scheme_is_remembered_where_scripts_run(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.locator("#_dark").check()
    page.locator(".lead h2 a").click()
    expect(page.locator("body")).to_have_css("background-color", DARK)
    expect(page.locator("#_dark")).to_be_checked()


def test_signing_up(either: Page, site: str, desk: Desk) -> None:
    desk.came.clear()
    either.goto(f"{site}/2026/11/the-price-of-ice/")
    either.get_by_label("Your e-mail address").fill("reader@example.org")
    either.get_by_role("button", name="Sign up").click()
    expect(either).to_have_title("Thanks")
    assert desk.came == [("/subscribe", {"email": ["reader@example.org"]})]


def test_a_page_that_is_not_there(either: Page, site: str) -> None:
    either.goto(f"{site}/404.html")
    either.locator("main").get_by_role("link", name="Archive").click()
    expect(either.locator("main h1")).to_have_text("Archive")
