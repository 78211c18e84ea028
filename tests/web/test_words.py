"""The words of the pages: every language says everything, and fills in what it promises."""

import tomllib
from dataclasses import fields
from importlib.resources import files
from string import Formatter

import pytest

from publisher.web.pages import voice
from publisher.web.words import NAMES, Phrases, phrases

TABLES = tomllib.loads((files("publisher.web") / "words.toml").read_text("utf-8"))


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", [*TABLES, "pt-BR", "de-AT", "ja", ""])
def test_every_language_says_everything(language: str) -> None:
    said, english = phrases(language), phrases("en")
    for each in fields(Phrases):
        phrase = getattr(said, each.name)
        assert phrase.strip() == phrase != ""
        assert places(phrase) == places(getattr(english, each.name)), each.name


def test_only_variants_leave_anything_out() -> None:
    names = {each.name for each in fields(Phrases)}
    assert {tag for tag, table in TABLES.items() if table.keys() != names} == {"pt-br"}
    assert {name.lower() for name in NAMES} == TABLES.keys()


def test_names_are_joined_as_the_language_does() -> None:
    spoken = voice("de")
    said = spoken.fill(spoken.words.still, names=("Die Flut", "Die Woche", "Das Meer"))
    assert said == "Sie bekommen weiterhin Die Flut, Die Woche und Das Meer."


def test_what_is_filled_in_is_no_template() -> None:
    spoken = voice("en")
    assert "{title}" in spoken.fill(spoken.words.confirm_text, "{title}@example.org", ("A",))
