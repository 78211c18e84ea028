"""Stamp lines in many languages, and lines that only look like one."""

import pytest

from publisher.clean.dates import clock_line, stamps


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
