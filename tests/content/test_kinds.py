import pytest

from publisher.content.kinds import UNDATED, as_written, kind_of, url_of
from publisher.entry import compile_source
from publisher.errors import PublishError
from publisher.model import Entry, FrontMatter, Kind, Source
from publisher.settings import Publication

IMPRINT = """\
---
title: Imprint
nav: 2
---

Published by Quay Press. © 2026 Quay Press. All rights reserved.

Subscribe

Share this page on Facebook
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pages/about.md", "page"),
        ("authors/ana.md", "author"),
        ("town/pages/a.md", "article"),
        ("pages.md", "article"),
    ],
)
def test_the_top_folder_says_what_a_file_is(path: str, kind: Kind) -> None:
    assert kind_of(path) == kind


def test_pages_have_addresses_by_their_place_and_authors_by_their_name() -> None:
    assert url_of("pages/about.md", "about", "About us") == "/about/"
    assert url_of("pages/Help & more/faq.md", "faq", "Questions") == "/help-more/faq/"
    assert url_of("pages/about/index.md", "about", "About") == "/about/"
    assert url_of("authors/al.md", "al", "Ana Lund") == "/author/ana-lund/"


def test_a_page_keeps_all_its_lines_and_needs_no_date() -> None:
    made = compile_source(Source("pages/imprint.md", IMPRINT), Publication())
    assert isinstance(made, Entry)
    assert (made.card.kind, made.card.url, made.card.date) == ("page", "/imprint/", UNDATED)
    assert made.findings == ()
    for words in ("All rights reserved", "Subscribe", "Share this page"):
        assert words in made.text


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"nav": "first"}, "pages/a.md:3: nav: expected a whole number"),
        ({"nav": True}, "pages/a.md:3: nav: expected a whole number"),
        ({"links": ["https://example.org"]}, "pages/a.md:3: links: expected names with web addresses"),
        ({"links": {"Site": "javascript:alert(1)"}}, "pages/a.md:3: links: expected names"),
        ({"links": {"Site": "http://[::1"}}, "pages/a.md:3: links: expected names"),
        ({"links": {"Site": "https://"}}, "pages/a.md:3: links: expected names"),
    ],
)
def test_keys_of_the_wrong_kind_are_errors_with_their_line(extra: dict[str, object], message: str) -> None:
    with pytest.raises(PublishError) as caught:
        as_written("pages/a.md", FrontMatter(extra=extra, lines=dict.fromkeys(extra, 3)))
    assert str(caught.value).startswith(message)
