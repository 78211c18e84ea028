"""Media types."""

import pytest

from publisher.store.kinds import media_type, squeezable


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("index.html", b"", "text/html; charset=utf-8"),
        ("feed.xml", b'<?xml version="1.0"?>\n<rss version="2.0">', "application/rss+xml; charset=utf-8"),
        ("a.xml", b'<feed xmlns="http://www.w3.org/2005/Atom">', "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", b"<urlset>", "application/xml; charset=utf-8"),
        ("feed.json", b'{"version": "https://jsonfeed.org/version/1.1"}', "application/feed+json"),
        ("site.webmanifest", b"", "application/manifest+json"),
        ("a/b.AVIF", b"", "image/avif"),
        ("b.webp", b"", "image/webp"),
        ("style.0a1b.css", b"", "text/css; charset=utf-8"),
        ("_redirects", b"", "application/octet-stream"),
    ],
)
def test_a_name_has_its_type(path: str, content: bytes, kind: str) -> None:
    assert media_type(path, content) == kind


def test_texts_shrink_and_pictures_do_not() -> None:
    assert squeezable("a/index.html")
    assert squeezable("icon.svg")
    assert not squeezable("quay.jpg")
