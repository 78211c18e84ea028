"""What counts as an edit, when it happened, and what is withdrawn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from publisher.arrange.order import Lineup, Reason
from publisher.arrange.published import Record, compare
from publisher.model import Entry
from publisher.settings import Publication
from tests.arrange.entries import entry

PUBLICATION = Publication(time_zone="Europe/Berlin")
FIRST = datetime(2026, 11, 21, 6, 0, 0, 5, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)


def an(name: str = "a", written: str = "w1", seen: str = "s1", **card: Any) -> Entry:
    made = entry(f"{name}.md")
    card = {"id": name, "date": datetime(2026, 11, 20, 8, tzinfo=UTC), **card}
    return replace(made, card=replace(made.card, **card), written=written, seen=seen)


def lineup(*entries: Entry, withheld: tuple[tuple[Entry, Reason], ...] = ()) -> Lineup:
    return Lineup(entries, withheld)


def after(
    *states: tuple[Lineup, datetime],
) -> tuple[tuple[Entry, ...], dict[str, Record], tuple[Record, ...]]:
    """What the last build shows, all records after it, and which of them it had to write."""
    known: dict[str, Record] = {}
    for line, now in states:
        entries, history = compare(known, line, now, PUBLICATION)
        known |= {each.id: each for each in history.new}
    return entries, known, history.new


def test_the_first_build_dates_nothing() -> None:
    entries, known, new = after((lineup(an()), FIRST))
    assert entries[0].card.updated is None
    assert known["a"].changed is None
    assert len(new) == 1


def test_nothing_new_is_nothing_to_write() -> None:
    entries, _, new = after((lineup(an()), FIRST), (lineup(an()), LATER))
    assert (entries[0].card.updated, new) == (None, ())


def test_an_edit_is_dated_once_by_the_build_that_saw_it() -> None:
    edited = an(written="w2", seen="s2")
    entries, known, new = after((lineup(an()), FIRST), (lineup(edited), LATER))
    assert known["a"].changed == LATER.replace(microsecond=0)
    assert str(entries[0].card.updated) == "2026-11-22 07:00:00+01:00"
    later = (lineup(edited), LATER + timedelta(days=3))
    entries, known, new = after((lineup(an()), FIRST), (lineup(edited), LATER), later)
    assert str(entries[0].card.updated) == "2026-11-22 07:00:00+01:00"
    assert new == ()


def test_another_rendering_of_the_same_file_is_no_edit() -> None:
    entries, known, new = after((lineup(an()), FIRST), (lineup(an(seen="s2")), LATER))
    assert entries[0].card.updated is None
    assert (known["a"].seen, len(new)) == ("s2", 1)


def test_front_matter_alone_is_no_edit() -> None:
    entries, _, new = after((lineup(an()), FIRST), (lineup(an(written="w2")), LATER))
    assert (entries[0].card.updated, len(new)) == (None, 1)


def test_what_front_matter_says_stays() -> None:
    said = datetime(2026, 11, 21, tzinfo=UTC)
    edited = an(written="w2", seen="s2", updated=said)
    entries, _, _ = after((lineup(an()), FIRST), (lineup(edited), LATER))
    assert entries[0].card.updated == said
    assert entries[0] is edited


def test_an_update_before_publication_is_none() -> None:
    early = an(updated=datetime(2026, 11, 20, 7, tzinfo=UTC))
    assert after((lineup(early), FIRST))[0][0].card.updated is None


def test_dates_of_change_never_go_back() -> None:
    twice = ((lineup(an()), FIRST), (lineup(an(written="w2", seen="s2")), LATER))
    _, known, _ = after(*twice, (lineup(an(written="w3", seen="s3")), FIRST))
    assert known["a"].changed == LATER.replace(microsecond=0)


def test_what_is_gone_is_withdrawn_and_may_come_back() -> None:
    both = lineup(an(), an("b"))
    _, known, new = after((both, FIRST), (lineup(an()), LATER))
    assert [(each.id, each.withdrawn) for each in new] == [("b", LATER.replace(microsecond=0))]
    _, again, new = after((both, FIRST), (lineup(an()), LATER), (lineup(an()), LATER + timedelta(days=1)))
    assert (again, new) == (known, ())
    entries, back, _ = after((both, FIRST), (lineup(an()), LATER), (both, LATER))
    assert back["b"].withdrawn is None
    assert entries[1].card.updated is None


def test_a_draft_is_withdrawn_and_what_waits_for_its_date_is_not() -> None:
    both = lineup(an(), an("b"))
    less = lineup(withheld=((an(), "draft"), (an("b"), "future")))
    _, history = compare(after((both, FIRST))[1], less, LATER, PUBLICATION)
    assert [each.id for each in history.withdrawn] == ["a"]
    assert history.just_withdrawn == history.withdrawn


def test_an_hour_that_comes_twice_is_no_change() -> None:
    """Moments of two zones in it are never equal in Python."""
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PUBLICATION.zone, fold=1)
    _, known, _ = after((lineup(an(date=twice)), FIRST))
    stored = known["a"]._replace(date=known["a"].date.astimezone(timezone(timedelta())))
    assert compare({"a": stored}, lineup(an(date=twice)), LATER, PUBLICATION)[1].new == ()
