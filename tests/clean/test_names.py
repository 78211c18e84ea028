"""Bylines and credits, and sentences that begin like one."""

import pytest

from publisher.clean.names import byline, credit, person


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Written by Staff", ("Staff",)),
        ("By Ada Marsh", ("Ada Marsh",)),
        ("BY ADA MARSH", ("ADA MARSH",)),
        ("By Ada Marsh and Tom Weir", ("Ada Marsh", "Tom Weir")),
        ("By Ada Marsh, Staff Writer", ("Ada Marsh",)),
        ("By Ada Marsh | Special to the Courier", ("Ada Marsh",)),
        ("*By [Ada Marsh](https://example.org/ada)*", ("Ada Marsh",)),
        ("Von Ada Beispiel und Tom van der Muster", ("Ada Beispiel", "Tom van der Muster")),
        ("Autor: Ada Beispiel und Tom Muster, Zürich", ("Ada Beispiel", "Tom Muster")),
        ("Par Ada Exemple", ("Ada Exemple",)),
        ("Por Redacción", ("Redacción",)),
        ("Di Ada Esempio", ("Ada Esempio",)),
        ("Door Ada Voorbeeld", ("Ada Voorbeeld",)),
        ("Av Ada Exempel", ("Ada Exempel",)),
    ],
)
def test_a_byline(text: str, names: tuple[str, ...]) -> None:
    assert byline(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "By Candlelight",
        "By Ada Mar$h",
        "By Ada Beta Carla Delta Emma Marsh",
        "By the end of the day",
        "By Tuesday evening the last cars had left the bridge.",
        "Von Anfang an",
        "Von Berlin nach Hamburg",
        "Par exemple",
        "Di sera",
        "By",
        "Ada Marsh",
    ],
)
def test_no_byline(text: str) -> None:
    assert byline(text) == ()


def test_a_photo_credit() -> None:
    assert credit("Photo: Ada Marsh / Example Pictures") == "Ada Marsh / Example Pictures"
    assert credit("(Foto: Ada Beispiel)") == "Ada Beispiel"
    assert credit("Photographs show: three arches are gone") == ""


def test_a_line_that_is_a_name() -> None:
    assert person("Ada van Beispiel") == "Ada van Beispiel"
    assert person("Three arches") == ""
    assert person("STOP PRESS") == ""


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Ada Marsh/AP", "Ada Marsh/AP"),
        ("IMAGO / Ada Beispiel", "IMAGO / Ada Beispiel"),
        ("picture alliance / dpa | Ada Beispiel", "picture alliance / dpa | Ada Beispiel"),
        ("© Ada Beispiel/dpa/Symbolbild", "Ada Beispiel/dpa/Symbolbild"),
        ("AP/Washington", ""),
        ("dpa/lno", ""),
        ("PA | What we know", ""),
    ],
)
def test_a_photo_credit_by_the_name_of_an_agency(text: str, whose: str) -> None:
    assert credit(text) == whose
