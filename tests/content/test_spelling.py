import pytest

from publisher.content.spelling import misspelt, nearest

KEYS = ("title", "date", "id", "tags", "canonical_url", "language", "image", "aliases")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("tilte", "title"),
        ("Title", "title"),
        ("canonical-url", "canonical_url"),
        ("cannonicalurl", "canonical_url"),
        ("languge", "language"),
        ("images", "image"),
        ("alias", "aliases"),
        ("ids", ""),
        ("weather", ""),
        ("layout", ""),
    ],
)
def test_slips(word: str, meant: str) -> None:
    assert misspelt(word, KEYS) == meant


def test_nearest_is_a_hint_or_nothing() -> None:
    assert nearest("biuld", ("build", "check")) == "did you mean 'build'?"
    assert nearest("frobnicate", ("build", "check")) == ""
