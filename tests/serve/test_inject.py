"""What a preview adds to a page, and how far it opens the page's policy."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.serve.inject import Preview, inject

PREVIEW = Preview(7, "abc", "http://127.0.0.1:8000")


def policy(page: bytes) -> dict[str, list[str]]:
    found = re.search(rb'content="([^"]*)"', page)
    assert found
    parts = found[1].decode().replace("&#x27;", "'").split("; ")
    return {name: sources for name, *sources in (part.split() for part in parts)}


def test_the_policy_gets_our_three_sources_and_nothing_else() -> None:
    given_policy = "default-src 'none'; script-src 'sha256-x'; style-src 'self'; img-src * data:"
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{given_policy}"></head><body></body>'
    assert policy(inject(page.encode(), PREVIEW)) == {
        "default-src": ["'none'"],
        "script-src": ["'sha256-x'", "'nonce-abc'"],
        "style-src": ["'self'", "'nonce-abc'"],
        "img-src": ["*", "data:"],
        "connect-src": ["http://127.0.0.1:8000/_publish/events"],
    }


def test_a_directive_that_falls_back_begins_with_what_that_allows() -> None:
    page = b'<meta http-equiv="Content-Security-Policy" content="default-src https:; script-src \'none\'">'
    found = policy(inject(page, PREVIEW))
    assert found["script-src"] == ["'nonce-abc'"]
    assert found["style-src"] == ["https:", "'nonce-abc'"]


def test_a_policy_without_limits_stays_without() -> None:
    page = b'<meta http-equiv="Content-Security-Policy" content="img-src *">'
    assert policy(inject(page, PREVIEW)) == {"img-src": ["*"]}


@pytest.mark.parametrize("page", [b"", b"plain", b"<body class='a'>x</body>", b"<html><HEAD></HEAD>x"])
def test_any_page_reloads(page: bytes) -> None:
    made = inject(page, PREVIEW, "Draft: <left> out.")
    assert made.count(b'src="/_publish/reload.js" data-version="7"') == 1
    assert b"Draft: &lt;left&gt; out." in made


@given(st.binary())
def test_nothing_of_a_page_is_lost(page: bytes) -> None:
    if b"Content-Security-Policy" not in page:
        links = inject(b"", PREVIEW)
        assert inject(page, PREVIEW).replace(links, b"", 1) == page
