"""Single decisions of single rules that no fixture can show: messages, front matter, what is not said."""

from datetime import UTC, datetime

import pytest

from publisher.model import FrontMatter, Origin
from publisher.settings import CleanSettings
from tests.clean.build import cleaned, written

FIRST = "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months."
SECOND = "Engineers found cracks in two of its seven arches during an inspection in early spring."


def codes(text: str, front: FrontMatter | None = None) -> list[str]:
    return [finding.code for finding in cleaned(text, front).findings if finding.applied]


def test_the_title_without_the_site_that_front_matter_names_with_it() -> None:
    front = FrontMatter(title="Eastmere closes its harbour bridge | Estuary Post")
    text = f"Eastmere closes its harbour bridge\n\n{FIRST}\n\n{SECOND}"
    assert codes(text, front) == ["DU001"]
    assert codes(text.replace("closes", "keeps"), front) == []


def test_a_pull_quote_names_the_line_it_repeats() -> None:
    quoted = "to close the old harbour bridge for nine months"
    found = cleaned(f"A title\n\n{SECOND}\n\n{FIRST}\n\n{quoted}\n\n{SECOND[:-1]} as well.").findings
    said = [finding for finding in found if finding.code == "DU004"]
    assert [(finding.lines, finding.applied) for finding in said] == [((7,), False)]
    assert "also in line 5:" in said[0].message


def test_a_pull_quote_goes_where_less_is_asked_for() -> None:
    text = f"A title\n\n{FIRST}\n\nto close the old harbour bridge for nine months\n\n{SECOND}"
    loose = cleaned(text, settings=CleanSettings(confidence=0.8))
    assert "DU004" in [finding.code for finding in loose.findings if finding.applied]
    assert "DU004" not in codes(text)


@pytest.mark.parametrize("run", ["=C2=85", "=C3", "=E2=80", "=41=42", "=FF=FE"])
def test_bytes_that_are_no_character_beyond_ascii_stay(run: str) -> None:
    text = f"A title\n\n{FIRST} {run}\n\n{SECOND}"
    assert written(cleaned(text)) == text


def test_a_button_behind_a_finished_paragraph_does_not_say_that_the_text_was_cut() -> None:
    text = f"A title\n\n{FIRST}\n\n{SECOND}\n\nWeiterlesen"
    assert "FM006" not in codes(text)
    assert "FM006" in codes(text.replace("spring.", "spri"))
    assert "FM006" not in codes(
        f"A title\n\n{FIRST}\n\nContinue reading\n\n{SECOND}\n\nand so on, and so on, to the end"
    )


def test_a_last_line_that_trails_off_is_reported_and_stays() -> None:
    text = f"A title\n\n{FIRST}\n\n{SECOND[:-1]}…"
    result = cleaned(text)
    assert written(result) == text
    assert [(f.lines, f.applied) for f in result.findings if f.code == "FM006"] == [((5,), False)]


def test_an_agency_moves_once_and_a_known_source_stays() -> None:
    text = f"A title\n\n(dpa)\n\n{FIRST}\n\n{SECOND}\n\ndpa/afp"
    result = cleaned(text)
    assert result.article.front.source == Origin("dpa")
    assert written(result) == f"A title\n\n{FIRST}\n\n{SECOND}"
    known = FrontMatter(title="A title", source=Origin("Estuary Post"))
    assert codes(f"{FIRST}\n\n{SECOND}\n\n(dpa)", known) == []


def test_a_dateline_names_the_agency_and_stays() -> None:
    text = f"A title\n\nEASTMERE (Reuters) - {FIRST}\n\n{SECOND}"
    result = cleaned(text)
    assert result.article.front.source == Origin("Reuters")
    assert written(result) == text


def test_a_license_moves_to_the_source() -> None:
    front = FrontMatter(title="A title", source=Origin("Estuary Post"))
    result = cleaned(f"{FIRST}\n\n{SECOND}\n\nText: CC BY-SA 4.0", front)
    assert result.article.front.source == Origin("Estuary Post", license="CC BY-SA 4.0")


def test_a_german_date_is_no_list() -> None:
    result = cleaned(f"Ein Titel\n\n3. März 2031\n\n{FIRST}\n\n{SECOND}")
    assert result.article.front.date is not None
    assert [line.text for line in result.article.lines if not line.blank] == [FIRST, SECOND]
    listed = f"Ein Titel\n\n{FIRST}\n\n3. März und April\n4. Mai"
    assert written(cleaned(listed)) == listed


def test_the_ampersands_of_an_address_stay_as_they_are_written() -> None:
    link = "[plan](https://example.org/a?x=1{0}utm_source=b{0}y=2)"
    for sign in ("&", "&amp;"):
        text = f"A title\n\n{FIRST}\n\nThe {link.format(sign)} is public, and it is kept in the town hall."
        assert f"(https://example.org/a?x=1{sign}y=2)" in written(cleaned(text))


def test_a_day_that_front_matter_does_not_know_is_reported() -> None:
    front = FrontMatter(title="A title", date=datetime(2031, 3, 3, tzinfo=UTC))
    for day, applied in (("3 March 2031", True), ("4 March 2031", False)):
        found = [
            f for f in cleaned(f"Published {day}\n\n{FIRST}\n\n{SECOND}", front).findings if f.code == "PR003"
        ]
        assert [finding.applied for finding in found] == [applied]
        assert ("not the date known" in found[0].message) is not applied


def test_an_ambiguous_label_does_not_take_the_lines_behind_it() -> None:
    text = f"A title\n\n{FIRST}\n\n{SECOND}\n\nLetters\n\nAda Marsh\n\nTom Weir\n\nIris Loft\n\nNed Pike"
    assert written(cleaned(text)) == text


def test_words_that_are_sure_alone_are_surer_than_words_in_company() -> None:
    found = cleaned(f"A title\n\n{FIRST}\n\n{SECOND}\n\nShare this article\nEmail").findings
    assert {finding.lines: finding.confidence for finding in found if finding.code == "CL003"} == {
        (7,): 0.97,
        (8,): 0.95,
    }


def test_a_name_in_the_head_without_a_date_or_a_by_beside_it_stays() -> None:
    text = f"A title\n\nA quiet town\n\nAda Marsh\n\n{FIRST}\n\n{SECOND}"
    assert written(cleaned(text)) == text
    assert "PR002" in codes(text.replace("A quiet town", "3 March 2031"))
