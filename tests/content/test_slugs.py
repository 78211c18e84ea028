import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.slugs import slugify


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
    assert len(slug) <= 82
    assert not set(slug) & set("/\\. \n\t?#%&")
    assert unicodedata.is_normalized("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
