"""The document the product was made for comes out perfect."""

import re

from publisher.settings import CleanSettings
from tests.clean.build import CASES, cleaned, written
from tests.clean.laws import assert_laws

TEXT = (CASES / "founding-case.txt").read_text(encoding="utf-8")
STRICT = CleanSettings(strict=True)
REMOVED = {
    1: "PR001", 3: "DU002", 4: "DU001", 5: "PR002", 22: "PR004",
    24: "CL001", 26: "CL002", 27: "CL002", 29: "CL002", 31: "CL002",
}  # fmt: skip


def test_title_author_and_source_reach_front_matter() -> None:
    front = cleaned(TEXT).article.front
    assert front.title == "Facebook Allegedly Sold Private Messages to Netflix: A Privacy Debacle Unveiled"
    assert front.authors == ("Staff",)
    assert front.source is not None
    assert front.source.name == "WebProNews"


def test_seven_paragraphs_are_left_word_for_word() -> None:
    body = [line.text for line in cleaned(TEXT).article.lines if not line.blank]
    paragraphs = [line for line in TEXT.split("\n")[5:20] if line.strip()]
    assert len(body) == len(paragraphs)
    assert body == [re.sub(r"^\s*(• )?", "", line) for line in paragraphs]


def test_ten_lines_are_removed_each_with_code_and_number() -> None:
    removals = [f for f in cleaned(TEXT).findings if f.applied and f.edit and not f.edit.texts]
    assert {number: finding.code for finding in removals for number in finding.lines} == REMOVED


def test_the_laws_hold() -> None:
    assert_laws(TEXT)


def test_strictly_it_comes_out_the_same() -> None:
    assert written(assert_laws(TEXT, STRICT)) == written(cleaned(TEXT))


def test_another_site_in_other_words_comes_out_the_same() -> None:
    swaps = {
        "Get the WebProNews newsletter delivered to": "Get the Harbour Post newsletter sent straight to",
        "Ready to get started?": "Talk to our sales desk",
        "Written by Staff": "By Ada Marsh",
        "Maximilan": "Maximillian",
    }
    text = TEXT
    for old, new in swaps.items():
        assert old in text
        text = text.replace(old, new)
    result = cleaned(text)
    assert written(result) == written(cleaned(TEXT))
    assert result.article.front.authors == ("Ada Marsh",)
