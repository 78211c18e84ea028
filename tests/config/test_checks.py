import pytest

from publisher.config.checks import check


@pytest.mark.parametrize(
    "value",
    [
        *("https://example.org", "http://localhost:8000", "https://example.org/news/", "http://[::1]:8000"),
        *("https://z\u00fcrich.example/\u00fc", "https://user.example/~ana/a;b"),
    ],
)
def test_addresses_to_build_on(value: str) -> None:
    assert check("base_url", value) == ""


@pytest.mark.parametrize(
    "value",
    [
        *("", "example.org", "ftp://example.org", "https://", "https:///x", "https://example.org\n"),
        *("https://example.org/?a=b", "https://example.org/#a", 'https://example.org/"x', "https://a b"),
        *(
            "https://example.org:port",
            "https://example.org:99999",
            "http://[::1",
            "http://[1.2]",
            "https://a@b",
        ),
        *("https://a..example", "https://example.org/\\x", "https://example.org/'x"),
    ],
)
def test_what_no_address_can_be_added_to(value: str) -> None:
    assert "web address" in check("base_url", value)


def test_a_hub_may_have_a_query() -> None:
    assert check("feed.hub", "https://hub.example.org/?a=b") == check("feed.hub", "") == ""
    assert "not a web address" in check("feed.hub", "http://[::1")


def test_a_publication_needs_a_name() -> None:
    assert check("title", "X") == ""
    assert check("title", "") == check("title", " \n") == "a publication needs a name"


@pytest.mark.parametrize(
    "value", ["/../{slug}/", "//{slug}/", "/{slug}/?x/", "/#{slug}/", "/a\\{slug}/", "/ {slug}/"]
)
def test_addresses_of_articles_are_plain_paths(value: str) -> None:
    assert "must not hold" in check("permalink", value)


def test_usual_permalinks_are_fine() -> None:
    assert check("permalink", "/{section}/{year}-{month}-{day}-{slug}/") == ""
