"""Selecting, ignoring, keeping; the confidence an edit needs; unknown codes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from publisher.clean.catalogue import check_codes
from publisher.clean.engine import Bounds, Pass, clean
from publisher.clean.rules import missing_title
from publisher.clean.scorer.model import weights
from publisher.errors import PublishError
from publisher.model import Article, Finding, FrontMatter, Origin
from publisher.settings import CleanSettings, KnownSource
from tests.clean.build import CASES, article, cases, cleaned, written
from tests.clean.scorer.test_model import MORE, STORY

TEXT = """Eastmere closes its harbour bridge

The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.

Advertisement

Engineers found cracks in two of its seven arches during an inspection in early spring.

Share this article

All rights reserved."""


LISTED = next(iter(cases(CASES / "scored_line.md"))).before


def scored(
    text: str, front: FrontMatter | None = None, confidence: float | None = None, strict: bool = False
) -> list[Finding]:
    settings = CleanSettings(confidence=confidence, strict=strict)
    return [f for f in cleaned(text, front, settings).findings if f.code == "CL020"]


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


def test_a_confidence_of_ones_own_holds_for_what_is_likely_too() -> None:
    likely = {finding.lines: finding.confidence for finding in scored(LISTED) if finding.applied}
    assert min(likely.values()) >= 0.8
    sure = [finding for finding in scored(LISTED, confidence=0.97) if finding.applied]
    assert len(sure) < len(likely)
    assert all(finding.confidence >= 0.97 for finding in sure)
    assert {finding.lines for finding in scored(LISTED, confidence=0.97)} >= likely.keys()
    assert {f.lines for f in scored(LISTED, confidence=0.1) if f.applied} == likely.keys()


def test_strictly_more_is_taken_and_what_it_would_take_is_reported() -> None:
    text = LISTED.replace(
        "Share this article\n\n", "Share this article\n\n" + "Ada Marsh\n\nThe chapel is open\n\n"
    )
    strict = {finding.lines for finding in scored(text, strict=True) if finding.applied}
    default = scored(text)
    assert {finding.lines for finding in default if finding.applied} <= strict
    assert all(finding.applied for finding in scored(text, strict=True))


def test_a_source_may_be_strict_or_not() -> None:
    text = "\n\n".join((*STORY, "Weather", *MORE, "Fog keeps planes on the ground", "All rights reserved"))
    front = FrontMatter(title="The bridge", source=Origin("Example Courier"))
    known = CleanSettings(sources=(KnownSource(("example-courier",), strict=True),))
    own, strict = (clean(article(text, front), each) for each in (known, CleanSettings(strict=True)))
    assert own == strict
    loose = replace(known.all_strict(), sources=(KnownSource(("example-courier",), strict=False),))
    assert clean(article(text, front), loose) == clean(article(text, front), CleanSettings())
    assert clean(article(text, front), loose.all_strict()) == strict
    both = replace(known, sources=(*known.sources, *loose.sources))
    assert clean(article(text, front), both) == clean(article(text, front), CleanSettings())


def test_a_likely_line_can_be_kept_by_its_words_or_code() -> None:
    front = FrontMatter(title="The bridge", keep=("ferry captain",))
    result = clean(article(LISTED, front), CleanSettings())
    assert "Ferry captain honoured for rescue" in [line.text for line in result.article.lines]
    assert not scored(LISTED, FrontMatter(title="The bridge", keep=("CL020",)))


def test_a_likely_line_has_its_evidence() -> None:
    explained = clean(article(LISTED), CleanSettings(), explained=True).findings
    for finding in (finding for finding in explained if finding.code == "CL020"):
        words = [text for text, _ in finding.evidence]
        added = [weight for _, weight in finding.evidence]
        assert len(set(words)) == len(words) == min(len(words), 6)
        assert all(words)
        assert added[0] > 0
        assert added == sorted(added, key=abs, reverse=True)


def test_other_weights_may_be_measured() -> None:
    model = weights()
    never = replace(model, points=((-99.0, 0.0), (99.0, 0.0)))
    result = clean(article(LISTED), CleanSettings(), never)
    assert "CL020" not in [finding.code for finding in result.findings]


def test_pictures_are_not_judged() -> None:
    text = LISTED.replace("Ferry captain honoured for rescue", "![The captain](captain.jpg)")
    assert "![The captain](captain.jpg)" in written(cleaned(text, settings=CleanSettings(strict=True)))


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


def test_a_pass_that_sees_the_same_lines_again_is_not_asked_again() -> None:
    asked: list[int] = []

    def check(article: Article) -> Iterator[Finding]:
        asked.append(len(article.lines))
        yield Finding("FM001", (1,), "seen")

    rules = Pass((replace(missing_title.RULE, check=check),))
    one, other = article("The ferry sails."), article("The ferry sails.")
    bounds = Bounds(one.front, frozenset(), 0.9)
    titled = replace(one, front=replace(one.front, title="Ferry"))
    assert rules.asked(one, bounds) == rules.asked(one, bounds)
    rules.asked(titled, bounds)
    rules.asked(other, bounds)
    assert asked == [1, 1, 1]
