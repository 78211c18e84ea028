import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.slugs import is_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The café's “night” — O'Neill!", "the-cafés-night-oneill"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("日本語のニュース", "日本語のニュース"),
        ("a_b.c", "a-b-c"),
        ("CON", "con-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("?!…", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=200))
def test_a_slug_is_one_safe_part_of_an_address_and_stable(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert len(slug.encode()) <= 202
    assert not set(slug) & set("/\\. \n\t?#%&")
    assert unicodedata.is_normalized("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert not slug or is_slug(slug)


@pytest.mark.parametrize("slug", ["a", "My_Slug", "python-3.12", "日本語", "हिन्दी", "a" * 200])
def test_slugs_an_author_may_choose(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", ".", "..", "a/b", "a b", "nul", "con.txt", "cafe\u0301", "a" * 201, "x?", "a\n"]
)
def test_slugs_no_author_may_choose(slug: str) -> None:
    assert not is_slug(slug)
