"""Selecting, ignoring, keeping; the confidence an edit needs; unknown codes."""

import pytest

from publisher.clean.catalogue import check_codes
from publisher.clean.engine import clean
from publisher.errors import PublishError
from publisher.model import FrontMatter
from publisher.settings import CleanSettings
from tests.clean.build import article, cleaned, written

TEXT = """Eastmere closes its harbour bridge

The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.

Advertisement

Engineers found cracks in two of its seven arches during an inspection in early spring.

Share this article

All rights reserved."""


def codes(text: str = TEXT, front: FrontMatter | None = None, **settings: tuple[str, ...]) -> list[str]:
    result = clean(
        article(text, front), CleanSettings(settings.get("select", ()), settings.get("ignore", ()))
    )
    return [finding.code for finding in result.findings if finding.applied]


def test_all_rules_run_by_default() -> None:
    assert codes() == ["PR001", "CL006", "CL003", "CL009"]


def test_select_takes_codes_and_families() -> None:
    assert codes(select=("CL006",)) == ["CL006"]
    assert codes(select=("PR", "CL003")) == ["PR001", "CL003"]


def test_ignore_takes_codes_and_families() -> None:
    assert codes(ignore=("CL", "PR001")) == []
    assert codes(ignore=("CL009",)) == ["PR001", "CL006", "CL003"]


def test_keep_by_code_family_and_text() -> None:
    assert codes(front=FrontMatter(title="Mine", keep=("CL006",))) == ["CL003", "CL009"]
    assert codes(front=FrontMatter(title="Mine", keep=("CL",))) == []
    assert codes(front=FrontMatter(title="Mine", keep=("share  THIS",))) == ["CL006", "CL009"]


def test_a_kept_line_stays_while_the_rest_of_its_finding_goes() -> None:
    text = (
        TEXT.replace("\n\nThe", "\n\n    The").replace("\n\nEngineers", "\n\n    Engineers")
        + "\n\n    More of it will be said when the arches are open, the mayor promised."
    )
    lines = {
        line.number: line.text
        for line in cleaned(text, FrontMatter(keep=("voted on Tuesday",))).article.lines
    }
    assert lines[3].startswith("    The council")
    assert lines[7].startswith("Engineers")


def test_below_the_confidence_a_finding_is_only_reported() -> None:
    result = cleaned(TEXT, settings=CleanSettings(confidence=0.99))
    assert written(result) == TEXT
    assert {finding.code for finding in result.findings} >= {"CL006", "CL003", "PR001"}
    assert not any(finding.applied for finding in result.findings)


def test_findings_come_in_the_order_of_their_lines() -> None:
    found = cleaned(TEXT).findings
    assert list(found) == sorted(found, key=lambda finding: finding.lines)


@pytest.mark.parametrize("settings", [CleanSettings(select=("CL0006",)), CleanSettings(ignore=("CL0006",))])
def test_an_unknown_code_names_the_nearest(settings: CleanSettings) -> None:
    with pytest.raises(PublishError, match=r"CL0006.*did you mean 'CL006'"):
        clean(article(TEXT), settings)


def test_an_unknown_code_in_keep_names_file_and_line() -> None:
    front = FrontMatter(keep=("CL999",), lines={"publish": 4})
    with pytest.raises(PublishError, match=r"^harbour\.md:4: unknown rule 'CL999'"):
        codes(front=front)


def test_words_in_keep_are_no_codes() -> None:
    assert codes(front=FrontMatter(title="Mine", keep=("TV",))) == ["CL006", "CL003", "CL009"]


def test_check_codes_takes_what_exists() -> None:
    check_codes(("CL", "DU002"), "publish.toml")
    with pytest.raises(PublishError, match=r"^publish\.toml: unknown rule 'Q'.*families: CL, DU"):
        check_codes(("Q",), "publish.toml")


def test_a_page_without_a_story_is_reported() -> None:
    found = cleaned("Subscribe now\n\nSign in or create an account\n\nAll rights reserved.").findings
    assert "FM002" in [finding.code for finding in found]
