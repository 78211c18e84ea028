from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from publisher.arrange.order import clashes, line_up
from publisher.model import Entry
from publisher.prose import Prose
from tests.arrange.entries import NOON, entry


def test_newest_first_and_equal_dates_by_path() -> None:
    old, b, a = entry("old.md", date=NOON - timedelta(days=1)), entry("b.md"), entry("a.md")
    assert line_up([old, b, a], NOON).entries == (a, b, old)


def test_what_is_withheld_and_why() -> None:
    draft = entry("draft.md", draft=True)
    begun = replace(entry("begun.md", draft=True), prose=Prose("", ""))
    future = entry("future.md", date=NOON + timedelta(seconds=1))
    empty = replace(entry("empty.md"), prose=Prose("", ""))
    lineup = line_up([draft, begun, future, empty, entry("out.md")], NOON)
    assert [each.card.path for each in lineup.entries] == ["out.md"]
    assert {each.card.path: reason for each, reason in lineup.withheld} == {
        "draft.md": "draft",
        "begun.md": "draft",
        "future.md": "future",
        "empty.md": "empty",
    }
    asked = line_up([draft, begun, future, empty], NOON, drafts=True, future=True)
    assert {each.card.path for each in asked.entries} == {"draft.md", "future.md"}


@given(st.permutations([entry(f"{n}.md", date=NOON - timedelta(hours=n % 3)) for n in range(6)]))
def test_the_order_of_the_folder_does_not_matter(entries: list[Entry]) -> None:
    assert line_up(entries, NOON) == line_up(sorted(entries, key=lambda e: e.card.path), NOON)


def test_one_id_twice_is_named_with_its_line() -> None:
    one = replace(entry("a.md", id="urn:1", slug="a"), lines={"id": 3})
    two = replace(entry("b.md", id="urn:1", slug="b"), lines={"id": 5})
    assert [(p.where, p.message) for p in clashes([two, one])] == [
        ("b.md:5", "the id 'urn:1' is that of a.md too")
    ]


def test_addresses_clash_by_case_and_unicode_form_too() -> None:
    entries = [entry("a.md", url="/Café/"), entry("b.md", url="/cafe\u0301/"), entry("c.md", url="/other/")]
    assert [p.where for p in clashes(entries)] == ["b.md:1"]


def test_a_slug_chosen_twice_clashes_even_in_different_months() -> None:
    one = replace(entry("a.md", slug="tide", url="/2026/10/tide/"), lines={"slug": 2})
    two = replace(entry("b.md", slug="tide", url="/2026/11/tide/"), lines={"slug": 4})
    named = entry("2026-09-01-tide.md", slug="tide", url="/2026/09/tide/")
    assert [p.where for p in clashes([one, two, named])] == ["b.md:4"]


def test_dates_of_all_zones_are_compared_as_moments() -> None:
    berlin = entry("berlin.md", date=datetime.fromisoformat("2026-11-20T12:30:00+01:00"))
    utc = entry("utc.md", date=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert [e.card.path for e in line_up([berlin, utc], NOON).entries] == ["utc.md", "berlin.md"]
