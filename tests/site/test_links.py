from dataclasses import replace

import pytest

from publisher.site.links import address, href, license_address, web
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
