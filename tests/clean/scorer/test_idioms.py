"""Idioms: the longest that stands at a place counts, once, and the share of the tokens that it covers."""

import tomllib
from importlib.resources import files

from publisher.clean.notation import wordings
from publisher.clean.scorer.idioms import NAMES, idioms
from publisher.clean.text import words


def test_every_wording_of_every_idiom_is_found() -> None:
    for source in (files("publisher.clean.scorer") / "idioms").iterdir():
        for phrases in tomllib.loads(source.read_text(encoding="utf-8")).values():
            for phrase in phrases:
                found = idioms(wordings(phrase)[0].split())
                assert sum(found[:-1]) >= 1, (source.name, phrase)


def test_an_idiom_within_a_line() -> None:
    found = dict(zip(NAMES, idioms(words("The ferry goes straight to your inbox.")), strict=True))
    assert found["idiom_call"] == 1
    assert 0 < found["idiom_share"] < 1


def test_the_story_has_none() -> None:
    assert idioms(words("Engineers found cracks in two arches.")) == (0, 0, 0, 0)
    assert idioms(()) == (0, 0, 0, 0)
