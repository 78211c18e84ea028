"""Keys: other values have other keys, equal values equal ones, and what has no sure form has none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from publisher.keying import Digests, Unsure, attempt, digest
from publisher.model import Entry
from tests.site.samples import entry

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_other_values_have_other_keys(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (repr(one) == repr(other))


@given(st.lists(st.text("ab,", max_size=3), max_size=3), st.lists(st.text("ab,", max_size=3), max_size=3))
def test_nothing_moves_from_one_value_to_the_next(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


@pytest.mark.parametrize("value", [object(), "\ud800", {1: {2: object()}}, lambda: 0])
def test_what_has_no_sure_form_has_no_key(value: object) -> None:
    with pytest.raises(Unsure):
        digest(value)
    assert attempt(lambda: digest(value)) == b""


def test_finished_html_counts_as_its_text() -> None:
    assert digest(Markup("a")) != digest(Markup("b"))


BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2026, 11, 20, 6, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "other",
    [
        MOMENT.replace(microsecond=1),
        MOMENT.astimezone(UTC),
        MOMENT.replace(tzinfo=timezone(timedelta(hours=1))),
        MOMENT.replace(tzinfo=ZoneInfo("Europe/Rome")),
    ],
)
def test_moments_are_told_apart_by_all_that_a_template_can_see(other: datetime) -> None:
    assert Digests()(_dated(MOMENT)) != Digests()(_dated(other))
    assert Digests()(_dated(MOMENT)) == Digests()(_dated(MOMENT))


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-11-20", date(2026, 11, 20)), ([1], (1,)), ({"1": 0}, {1: 0}), (1, True), (1, 1.0), (None, "")],
)
def test_so_are_fields_of_the_front_matter(one: object, other: object) -> None:
    assert Digests()(_extra(one)) != Digests()(_extra(other))


def test_a_digest_is_made_once() -> None:
    digests, same = Digests(), entry("same")
    assert digests(same) is digests(same)
    assert digests(same) == digests(replace(same))


def _dated(moment: datetime) -> Entry:
    plain = entry("dated")
    return replace(plain, card=replace(plain.card, date=moment))


def _extra(value: object) -> Entry:
    return replace(entry("extra"), extra={"field": value})
