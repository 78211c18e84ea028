import pytest

from publisher.content.aliases import below, read_alias


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/2019/old/", "/2019/old/"),
        ("/2019/old", "/2019/old/"),
        ("//2019/old", "/2019/old/"),
        ("/2019//old/", "/2019/old/"),
        ("/old.html", "/old.html"),
        ("/caf%C3%A9/", "/café/"),
        ("/story.php", "/story.php/"),
        ("former-slug", "former-slug"),
    ],
)
def test_former_addresses_are_read_as_people_paste_them(written: str, address: str) -> None:
    assert read_alias(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/old/",
        "/",
        "/../x/",
        "/.git/x",
        "/a?b=1",
        "/a#b",
        "/a\\b",
        "/a b/",
        "old/place",
        "/x./",
        "/CON/",
        "/2019/aux.html",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_alias(written)


def test_a_former_slug_stands_where_the_present_one_does() -> None:
    assert below("old", "/2026/03/new/") == "/2026/03/old/"
    assert below("old", "/new/") == "/old/"
    assert below("/a/", "/2026/03/new/") == "/a/"
