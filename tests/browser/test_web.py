"""The pages of readers in a real browser: from the form on the site to leaving, without any script.

axe-core and the Nu checker look at every page, at two widths, light and dark, in both directions.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from publisher.audience.subscriber import Change, Consent
from publisher.audience.tokens import CONFIRM, PREFERENCES, leaving
from publisher.work.building import build
from publisher.work.site import Choice
from tests.browser.test_pages import AXE, NARROW, RULES, VNU, WIDE
from tests.web.servers import Endpoint, endpoint, link

PHONE: ViewportSize = {"width": 360, "height": 740}
ARTICLE = "---\ntitle: The ferry is back\ndate: 2026-11-20\n---\n\nAfter two weeks the ferry sails again.\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with endpoint(tmp_path_factory.mktemp("browser"), local=True) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


def address(web: Endpoint, path: str) -> str:
    return f"http://127.0.0.1:{web.port}{path}"


def test_from_the_site_to_leaving(web: Endpoint, page: Page, serve: Callable[[Path], str]) -> None:
    content = web.place.root / "content"
    content.mkdir()
    (content / "ferry.md").write_text(ARTICLE, "utf-8")
    build(web.place, Choice(web.now))
    page.goto(f"{serve(web.place.output)}/index.html")
    page.fill("form[action$='/subscribe'] input[type=email]", "reader@example.org")
    page.click("form[action$='/subscribe'] button")
    assert "One more click" in page.content()
    web.ahead = timedelta(seconds=5)
    page.check("text=The Week")
    page.click("text=Sign up >> visible=true >> nth=-1")
    assert page.inner_text("h1") == "Look into your inbox"
    (mail,) = web.mails("reader@example.org")
    page.goto(address(web, link(mail)))
    page.click("text=Yes, sign me up")
    assert page.inner_text("h1") == "You are in"
    page.click("text=Your settings")
    page.uncheck("text=The Week")
    page.select_option("select", "de")
    page.click("text=Save")
    assert page.inner_text("h1") == "Ihre Einstellungen"
    reader = web.reader("reader@example.org")
    assert reader
    assert (reader.state, reader.newsletters, reader.language) == ("confirmed", ("tide",), "de")
    page.goto(address(web, f"/u/{web.token(leaving('tide'), reader.id)}"))
    page.click("button:has-text('Abmelden')")
    assert page.inner_text("h1").replace("\u2068", "") == "Sie sind abgemeldet"
    page.click("text=Ihre Einstellungen")
    page.click("text=Löschen …")
    page.click("text=Ja, alles löschen")
    assert page.inner_text("h1") == "Alles ist gelöscht"
    assert web.reader("reader@example.org") is None


def shown(web: Endpoint, language: str) -> dict[str, tuple[str, str]]:
    """One page of each kind: a name, how it is asked for."""
    reader = web.add(f"looks-{language}@example.org", "tide", "week")
    web.readers.change(reader.id, Change(language=language), Consent(web.now, "changed", "test"))
    waiting = web.sign_up(f"waits-{language}@example.org", f"192.0.2.{len(language)}")
    assert waiting.status == 200
    web.settled()
    other = web.reader(f"waits-{language}@example.org")
    assert other
    web.readers.change(other.id, Change(language=language), Consent(web.now, "changed", "test"))
    preferences = f"/p/{web.token(PREFERENCES, reader.id)}"
    return {
        "subscribe": ("GET", "/subscribe"),
        "wrong": ("POST", "/subscribe"),
        "mine": ("GET", "/mine"),
        "confirm": ("GET", f"/c/{web.token(CONFIRM, other.id)}"),
        "confirmed": ("POST", f"/c/{web.token(CONFIRM, other.id)}"),
        "leave": ("GET", f"/u/{web.token(leaving('tide'), reader.id)}"),
        "left": ("POST", f"/u/{web.token(leaving('week'), reader.id)}"),
        "preferences": ("GET", preferences),
        "erase": ("POST", f"{preferences}/erase"),
        "broken": ("GET", "/c/x"),
        "missing": ("GET", "/no-such-page"),
    }


@pytest.fixture(scope="module")
def pages(web: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them as files, with the style sheet beside."""
    folder = tmp_path_factory.mktemp("pages")
    for language in ("en", "ar"):
        for name, (method, path) in shown(web, language).items():
            answer = web.ask(method, path, headers={"X-Forwarded-For": f"192.0.3.{len(name)}"})
            (folder / f"{language}-{name}.html").write_bytes(answer.body)
    style = re.search(r"/style\.\w+\.css", web.get("/subscribe").text)
    assert style
    for file in (style[0], "/icon.svg"):
        (folder / file[1:]).write_bytes(web.get(file).body)
    return folder


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make checkers)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_nothing_stands_in_a_readers_way(
    pages: Path, browser: Browser, serve: Callable[[Path], str], scheme: str, size: dict[str, int]
) -> None:
    at, script, faults = serve(pages), AXE.read_text("utf-8"), []
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # as playwright spells them
    page = context.new_page()
    for file in sorted(pages.glob("*.html")):
        page.goto(f"{at}/{file.name}")
        page.evaluate(script)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        faults += [
            (file.name, each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((file.name, "scrolls sideways", []))
    context.close()
    assert len(list(pages.glob("*.html"))) == 22
    assert faults == []


@pytest.mark.skipif(not VNU.is_file() or not shutil.which("java"), reason="the Nu checker is not installed")
def test_the_html_is_right(pages: Path) -> None:
    done = subprocess.run(
        ["java", "-Xss1m", "-jar", str(VNU), "--format", "json", *map(str, sorted(pages.glob("*.html")))],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [(urlsplit(each["url"]).path, each.get("lastLine"), each["message"]) for each in messages] == []
