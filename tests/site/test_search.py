from dataclasses import replace

import pytest

from publisher.model import Template
from publisher.settings import SearchSettings
from publisher.site.pages import pages
from publisher.site.words import words
from publisher.templating import environment
from tests.site.samples import PUBLICATION, Made, collect, days_ago, entry, make, many, mixed, texts, theme

PATH = "search/index.html"


@pytest.fixture(scope="module")
def made() -> Made:
    return make(mixed())


def test_scripts_fetch_from_the_site_alone_and_the_page_runs_what_its_policy_names(made: Made) -> None:
    policies = {
        path: page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for path, page in made.pages().items()
    }
    assert [path for path, policy in policies.items() if "; connect-src 'self';" not in policy] == []
    assert policies[PATH].count("'sha256-") == len(made.page(PATH).xpath("//script"))
    assert not made.page(PATH).xpath("//script/@src")


def test_the_page_is_small_and_not_for_search_engines(made: Made) -> None:
    page = made.page(PATH)
    script = page.xpath("//main//script | //body/script")[-1].text
    assert len(script) < 10_000
    assert "//" not in script.replace("://", "")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_without_a_script_the_form_is_hidden_and_other_ways_are_shown(made: Made) -> None:
    page = made.page(PATH)
    assert page.xpath("//main//form/@hidden")
    links = page.xpath("//*[@id='_without']//a/@href")
    assert links[0] == "/archive/"
    assert all(made.at(link) in made.outputs for link in links)


def test_filters_offer_what_there_is_and_only_where_there_is_a_choice(made: Made) -> None:
    page = made.page(PATH)
    assert page.xpath("//select[@name='section']/option/@value") == [
        "",
        "culture & food",
        "environment",
        "weather",
    ]
    assert page.xpath("//select[@name='year']/option/@value") == ["", "/2026", "/2025"]
    assert not make(many(3)).page(PATH).xpath("//select")


def test_years_are_those_of_the_publications_zone() -> None:
    turn = (entry("a"), entry("b", date=days_ago(64.45)))  # 1 January 01:12 UTC
    site = make(turn, replace(PUBLICATION, time_zone="America/New_York"))
    assert site.page(PATH).xpath("//select[@name='year']/option/@value") == ["", "/2026", "/2025"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "pt-BR", "nl", "ar", "he"])
def test_the_page_speaks_the_publications_language(language: str) -> None:
    form = make(mixed(), replace(PUBLICATION, language=language)).page(PATH).xpath("//main//form")[0]
    spoken = words(language)
    assert form.get("data-found") == spoken.found
    assert "{n}" in spoken.found
    assert "{q}" in spoken.none
    assert (spoken.search == "Search") == (language == "en")


def test_every_page_leads_to_it_unless_it_is_switched_off(made: Made) -> None:
    for path, page in made.pages().items():
        assert "/search/" in page.xpath("//header//a/@href"), path
    off = make(mixed(), replace(PUBLICATION, search=SearchSettings(enabled=False)))
    assert PATH not in off.outputs
    for path, page in off.pages().items():
        assert not page.xpath("//a[contains(@href, '/search/')] | //form[@role='search']"), path


def test_a_script_of_ones_own_cannot_end_its_element() -> None:
    own = {"search.js": Template("search.js", "// a note\n  let x = '</script><b>{{ 7 }}'\n", "search.js")}
    site = collect(pages(many(2), PUBLICATION, environment(theme() | own)))
    page = site.page(PATH)
    assert page.xpath("//main//script")[-1].text == r"let x = '<\/script><b>{{ 7 }}'"
    assert not page.xpath("//b")
    assert texts(page, "//h1") == ["Search"]
