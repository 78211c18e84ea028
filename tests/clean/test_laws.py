"""Conservation, order, no added words, idempotence: on made-up documents, and on real pages if there."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.settings import CleanSettings
from tests.clean.build import CASES, Case, cases
from tests.clean.laws import assert_laws

PAGES = Path(__file__).parents[3] / "shared" / "lines" / "dev"
FILES = sorted(path for path in CASES.glob("*.md"))
DEFAULT, STRICT = CleanSettings(), CleanSettings(strict=True)

STORY_LINE = "Ferries will carry workers across the estuary until the first arch has been rebuilt. "
STORY = st.sampled_from(
    [
        "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months.",
        "Engineers found cracks in two of its seven arches during an inspection in early spring.",
        "    Ferries will carry workers across the estuary until the first arch has been rebuilt.",
        "  • Nobody knows yet who will pay for the ferries, the mayor told the paper on Monday night.",
        "voted on Tuesdy to close the old harbour bridge for nine mon...",
        "Eastmere closes its harbour bridge",
        "# Eastmere closes its harbour bridge",
        "The ferryman’s \u00adview",
        "No.",
        "7",
    ]
)
FURNITURE = st.sampled_from(
    """Subscribe; Share; Facebook; - Copy link; Advertisement; ## Comments; Read more; By Ada Marsh; Tags:
    Published 3 March 2031; Updated 4 March 2031; 4 min read; Related stories; By Tom Weir; Von
    Anzeige; 10:15 Uhr
    © 2031 Eastmere Courier. All rights reserved.
    Get the Eastmere Courier newsletter delivered to your inbox
    Ready to get started?; Photo: Ada Marsh; Donnerstag; Ada Marsh; Sources:; View comments (3)
    """.replace("\n    ", ";")
    .replace("; ", ";")
    .split(";")
)
FORM = st.sampled_from(
    ["```", "> quoted", "| a | b |", "| --- | --- |", "1. Share", "<div>", "[1]: note", "", " ", "\t"]
)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30)
DOCUMENTS = st.lists(st.one_of(STORY, STORY, FURNITURE, FORM, ANY, st.just("")), max_size=25).map("\n".join)


def test_laws_hold_where_marks_hide_what_is_broken() -> None:
    assert_laws("Â*¡\n\nThe rest is as it should be.")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_laws_hold_for_any_document(text: str) -> None:
    assert_laws(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_laws_hold_in_the_strict_setting(text: str) -> None:
    assert_laws(text, STRICT)


@pytest.mark.parametrize("asked", [DEFAULT, STRICT], ids=["default", "strict"])
@pytest.mark.parametrize("case", [case for file in FILES for case in cases(file)], ids=str)
def test_laws_hold_for_every_case(case: Case, asked: CleanSettings) -> None:
    assert_laws(case.before, asked)


def test_laws_hold_for_a_stamp_between_crowded_lines() -> None:
    """The stamp goes in the second round, when the first has put a blank line behind it."""
    title = "Eastmere is a harbour without a bridge"
    lead = (
        "The council closes the harbour bridge, and nobody pays for the ferries. The mayor looks on. Parties "
        "of all colours raise the alarm, and the engineers find more cracks in it every day."
    )
    head = (title, lead, title, "Estuary :", "Nobody crosses the water", "By Ada Marsh, Eastmere")
    story = ("03.03.2031, 12:24Lesezeit: 5 Min.", lead, "Share", "Print", "Bookmark", *[STORY_LINE * 3] * 3)
    result = assert_laws("\n".join((*head, *story)))
    assert result.article.front.date == datetime(2031, 3, 3, 12, 24)


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not here")
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("mode", ["container", "markdown", "page"])
def test_laws_hold_for_real_pages(mode: str, part: int) -> None:
    """An eighth of the pages in each part; every other part is cleaned strictly."""
    for path in sorted(PAGES.glob(f"*.{mode}.md"))[part::8]:
        assert_laws(path.read_text(encoding="utf-8"), STRICT if part % 2 else DEFAULT)
