"""Stamp lines in many languages, and lines that only look like one."""

import pytest

from publisher.clean.dates import beside_stamps, clock_line, stamps, with_years
from publisher.model import Line


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Published 3 March 2031", "date", "2031-03-03"),
        ("March 3rd, 2031", "date", "2031-03-03"),
        ("Mar. 3, 2031 2:15 p.m. ET", "date", "2031-03-03"),
        ("Published Mar 3, 2031 at 2:15 pm GMT", "date", "2031-03-03T14:15+00:00"),
        ("Updated: 2031-03-03T10:15:00+02:00", "updated", "2031-03-03T10:15+02:00"),
        ("2031-03-03T10:15:00Z", "date", "2031-03-03T10:15+00:00"),
        ("Stand: 03.03.2031, 10:15 Uhr", "date", "2031-03-03T10:15"),
        ("Veröffentlicht am 3. März 2031", "date", "2031-03-03"),
        ("Zuletzt aktualisiert: 13.03.2031", "updated", "2031-03-13"),
        ("Mis à jour le 3 mars 2031 à 10h15", "updated", "2031-03-03T10:15"),
        ("Publicado el 3 de marzo de 2031", "date", "2031-03-03"),
        ("Pubblicato il 3 marzo 2031 alle 10:15", "date", "2031-03-03T10:15"),
        ("Atualizado em 25/03/2031 às 10h15", "updated", "2031-03-25T10:15"),
        ("Gepubliceerd op 3 maart 2031", "date", "2031-03-03"),
        ("Uppdaterad 3 mars 2031 kl 10:15", "updated", "2031-03-03T10:15"),
        ("Publisert 03.03.2031 - 10:15", "date", "2031-03-03T10:15"),
        ("Opdateret 3. marts 2031", "updated", "2031-03-03"),
        ("Opublikowano: 3 marca 2031", "date", "2031-03-03"),
        ("Güncelleme: 03.03.2031 - 10:15", "updated", "2031-03-03T10:15"),
        ("Опубликовано 3 марта 2031", "date", "2031-03-03"),
        ("公開日 2031年3月3日 10:15", "date", "2031-03-03T10:15"),
        ("입력 2031.03.03 10:15", "date", "2031-03-03T10:15"),
    ],
)
def test_a_stamp(text: str, field: str, value: str) -> None:
    assert [(stamp.field, stamp.value) for stamp in stamps(text)] == [(field, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was opened on 3 March 2031",
        "3/4/2031",
        "31.02.2031",
        "2031",
        "May",
        "10:15",
        "",
        "Eastmere, March 2031",
        "3 March 2031" + " on" * 60,
    ],
)
def test_no_stamp(text: str) -> None:
    assert stamps(text) == ()


def test_two_moments_in_one_line() -> None:
    found = stamps("Published 3 March 2031, 10:15 | Updated 4 March 2031, 11:20")
    assert [(stamp.field, stamp.value) for stamp in found] == [
        ("date", "2031-03-03T10:15"),
        ("updated", "2031-03-04T11:20"),
    ]


@pytest.mark.parametrize(
    "text", ["10:15 Uhr", "Updated 15.59 | Published 14.14", "Donnerstag", "Uppdaterad 15.59"]
)
def test_a_time_without_a_day(text: str) -> None:
    assert clock_line(text)


@pytest.mark.parametrize("text", ["10:15", "11/20/31 6:38 AM", "At 10:15 the bells rang", "May", "so"])
def test_no_bare_time(text: str) -> None:
    assert not clock_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "17:41 JST, October 13, 2031",
        "Harbour · 3rd of March 2031 · 4 comments",
        "News 2031-03-03 Eastmere",
        "El 3 de septiembre de 2031, Eastmere",
        "2031年3月3日 10:15 編集部",
        "25/03/2031 Eastmere",
    ],
)
def test_what_stands_beside_a_day_is_told(text: str) -> None:
    assert beside_stamps(text) is not None


@pytest.mark.parametrize("text", ["The ferry of 2031", "In 2031 they met 40 times", "3 March", "2030/31"])
def test_a_year_alone_is_no_day(text: str) -> None:
    assert beside_stamps(text) is None


def test_lines_with_years_are_short_ones() -> None:
    texts = ("In 2031", "20**31**", "Room 1931b", "no year: 2131", "", "word " * 50 + "2031")
    lines = tuple(Line(number, text) for number, text in enumerate(texts, 1))
    assert [line.number for line in with_years(lines)] == [1, 2, 3]
