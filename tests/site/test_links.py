from dataclasses import replace

import pytest

from publisher.site.links import address, href, license_address, web, within
from tests.site.samples import PUBLICATION

DEEP = replace(PUBLICATION, base_url="https://example.org/news/")


def test_links_start_at_the_root_of_the_host() -> None:
    assert href("/tag/x/", PUBLICATION) == "/tag/x/"
    assert href("/tag/x/", DEEP) == "/news/tag/x/"
    assert href("https://example.com/a b", DEEP) == "https://example.com/a%20b"


def test_addresses_are_absolute_and_percent_encoded_once() -> None:
    assert address("/tag/é/", DEEP) == "https://example.org/news/tag/%C3%A9/"
    assert address("/tag/%C3%A9/", DEEP) == "https://example.org/news/tag/%C3%A9/"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "", "http://[", "eels", "//host/x"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert web(url) == ""


def test_web_keeps_an_address() -> None:
    assert web("https://example.com/a?b=c&d=e#f") == "https://example.com/a?b=c&d=e#f"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("cc-by-nc-nd-3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("Creative Commons BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://example.com/terms", "https://example.com/terms"),
        ("by agreement", ""),
    ],
)
def test_licenses_lead_to_their_text(name: str, url: str) -> None:
    assert license_address(name) == url


def test_only_links_are_shortened_and_no_text() -> None:
    shown = '<pre>&lt;img src="https://example.org/news/a.png"&gt; ="https://example.org/news/b</pre>'
    titled = '<a href="https://example.com/" title="see: ">x</a>'
    linked = '<img src="https://example.org/news/a.png" alt="https://example.org/news/"><a class="x" href="'
    html = f'{shown}{titled}{linked}https://example.org/news/b/">b</a>'
    assert within(html, DEEP) == (
        f'{shown}{titled}<img src="/news/a.png" alt="https://example.org/news/">'
        '<a class="x" href="/news/b/">b</a>'
    )


def test_a_host_of_any_script_is_ascii_in_addresses() -> None:
    here = replace(PUBLICATION, base_url="https://z\u00fcrich.example:8443/\u00fc/")
    assert (
        here.absolute("/a/\u00e9?u=http://x/")
        == "https://xn--zrich-kva.example:8443/%C3%BC/a/%C3%A9?u=http://x/"
    )
    assert address("/tag/x/", here) == "https://xn--zrich-kva.example:8443/%C3%BC/tag/x/"
    assert within('<a href="https://xn--zrich-kva.example:8443/%C3%BC/x/">', here) == '<a href="/%C3%BC/x/">'
    assert here.absolute("https://z\u00fcrich.example/") == "https://z\u00fcrich.example/"
