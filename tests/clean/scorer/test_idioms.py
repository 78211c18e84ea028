"""Idioms: the longest that stands at a place counts, once, and the share of the tokens that it covers."""

import tomllib
from importlib.resources import files

from publisher.clean.notation import wordings
from publisher.clean.scorer.idioms import NAMES, idioms
from publisher.clean.tables import lists
from publisher.clean.text import words


def test_every_wording_of_every_idiom_is_found() -> None:
    for source in (files("publisher.clean.scorer") / "idioms").iterdir():
        text = source.read_text(encoding="utf-8")
        assert lists(text) == tomllib.loads(text), source.name
        for phrases in lists(text).values():
            for phrase in phrases:
                found = idioms(words(wordings(phrase, str)[0]))
                assert sum(found[:-1]) >= 1, (source.name, phrase)


def test_an_idiom_within_a_line() -> None:
    found = dict(zip(NAMES, idioms(words("The ferry goes straight to your inbox.")), strict=True))
    assert found["idiom_call"] == 1
    assert 0 < found["idiom_share"] < 1


def test_the_story_has_none() -> None:
    assert idioms(words("Engineers found cracks in two arches.")) == (0, 0, 0, 0)
    assert idioms(()) == (0, 0, 0, 0)
