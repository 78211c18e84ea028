"""The search page in a browser: typing, keys, addresses, faults, and without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.work.projects import built, make

_ARTICLE = "---\ntitle: {0}\ndate: {1}\nsection: {2}\nid: urn:{3}\nlanguage: {4}\n---\n\n{5}\n"
_TEXTS = (
    (
        "The ferry is back",
        "2026-03-01",
        "Harbour",
        "en",
        "It sailed at six. Nobody’s surprised: don’t ask Müller.",
    ),
    ("Weather", "2026-04-01", "Town", "en", "The ferry waits for the fog to lift from the well-known quay."),
    ("Der Straßenzug", "2025-02-01", "Town", "de", "Am Küstenweg steht ein Haus, größer als die Fähre."),
    ("東京の港", "2025-05-01", "Harbour", "ja", "東京都の港には船が多い。"),
    ("Пристань", "2025-06-01", "Harbour", "ru", "Зелёный огонь, мой дом и їжак."),
    ("ثلاثة سجلات", "2025-07-01", "Town", "ar", "قال مُدَرِّس إن المدّ عالٍ."),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    root = tmp_path_factory.mktemp("search")
    texts = {
        f"{n}.md": _ARTICLE.format(title, day, section, n, language, text)
        for n, (title, day, section, language, text) in enumerate(_TEXTS)
    }
    texts |= {
        f"many{n}.md": _ARTICLE.format(
            f"Tide {n}", f"2024-01-{n:02}", "Tides", f"m{n}", "en", "High and low."
        )
        for n in range(1, 26)
    }
    built(make(root, texts, 'title = "The Test Ledger"\n'))
    return serve(root / "site")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may be blocked or fail."""
    # without motion: a click before a page is styled cuts its transition short, and Chromium says so
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert not said


def titles(page: Page) -> list[str]:
    return page.locator("#_results h2").all_inner_texts()


def asked(page: Page, site: str, query: str, said: str) -> list[str]:
    page.goto(f"{site}/search/?q={query}")
    expect(page.get_by_role("status")).to_have_text(said)
    return titles(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ferry", ["The ferry is back", "Weather"]),
        ("FERRY fog", ["Weather"]),
        ("muller", ["The ferry is back"]),
        ("don't", ["The ferry is back"]),
        ("well-known", ["Weather"]),
        ("wellknown", ["Weather"]),
        ("strassenzug", ["Der Straßenzug"]),
        ("GRÖSSER", ["Der Straßenzug"]),
        ("東京", ["東京の港"]),
        ("港", ["東京の港"]),
        ("東京都", ["東京の港"]),
        ("зеленый", ["Пристань"]),
        ("ЇЖАК", ["Пристань"]),
        ("مدرس", ["ثلاثة سجلات"]),
    ],
)
def test_words_of_many_languages_are_found(page: Page, site: str, query: str, found: list[str]) -> None:
    assert asked(page, site, query, f"Articles found: {len(found)}") == found


@pytest.mark.parametrize("query", ["submarine", "ferr", "ferrys", "мои", "京東", "fog-ferry"])
def test_a_word_that_stands_nowhere_finds_nothing(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}/search/?q={query}")
    expect(page.get_by_role("status")).to_contain_text(f"No article has “{query}”.")
    assert titles(page) == []


def test_typing_finds_beginnings_and_return_asks_for_the_word(page: Page, site: str) -> None:
    page.goto(f"{site}/search/")
    page.keyboard.type("ferr")
    expect(page.get_by_role("status")).to_have_text("Articles found: 2")
    assert page.url.endswith("?q=ferr*")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("No article has “ferr”.")
    assert page.url.endswith("?q=ferr")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "ferry"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Articles found: 2")
    assert page.locator("#_results mark").all_inner_texts() == ["ferry", "ferry"]


def test_keys_lead_through_the_results_and_back_comes_back(page: Page, site: str) -> None:
    asked(page, site, "ferry", "Articles found: 2")
    page.locator("#_query").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page).to_have_title("The ferry is back · The Test Ledger")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("Articles found: 2")
    expect(page.locator("#_query")).to_have_value("ferry")


def test_back_returns_to_the_question_before(page: Page, site: str) -> None:
    asked(page, site, "ferry", "Articles found: 2")
    page.fill("#_query", "fog")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    page.keyboard.press("Enter")
    page.go_back()
    expect(page.locator("#_query")).to_have_value("ferry")
    expect(page.get_by_role("status")).to_have_text("Articles found: 2")


def test_filters_by_section_and_year(page: Page, site: str) -> None:
    asked(page, site, "ferry", "Articles found: 2")
    page.select_option("select[name=section]", label="Town")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    assert "section=town" in page.url
    page.select_option("select[name=year]", label="2025")
    expect(page.get_by_role("status")).to_contain_text("No article has")
    page.fill("#_query", "")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Articles found: 2")


def test_more_results_come_in_tens_and_take_the_focus(page: Page, site: str) -> None:
    assert asked(page, site, "tide", "Articles found: 25") == [f"Tide {n}" for n in range(25, 15, -1)]
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#_results h2")).to_have_count(20)
    assert page.evaluate("document.activeElement.textContent") == "Tide 15"
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#_results h2")).to_have_count(25)
    expect(page.locator("#_more")).to_be_hidden()


def test_the_field_in_the_masthead_leads_here(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/")
    page.get_by_role("searchbox").fill("fog")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    assert page.url == f"{site}/search/?q=fog"


def test_a_fault_is_told_and_goes(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{site}/search/?q=fog")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/search/index.json")
    page.locator("#_query").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    context.close()


def test_files_of_two_builds_are_never_mixed(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/0.json?*", lambda route: route.fulfill(json=["older", {"fog": "#"}]))
    page.goto(f"{site}/search/?q=fog")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    assert titles(page) == []
    context.close()


def test_without_javascript_the_page_leads_to_the_archive(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/search/?q=fog")
    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("Searching needs JavaScript")
    page.locator("main").get_by_role("link", name="Archive").click()
    expect(page).to_have_title("Archive · The Test Ledger")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    context.close()


def test_scripts_fetch_from_the_site_alone(page: Page, site: str) -> None:
    for path in ("/search/", "/", "/archive/"):
        page.goto(site + path)
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
        assert "connect-src 'self';" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
