"""The same story twice: who was first, and whether the later one is a copy or an update."""

from datetime import UTC, datetime, timedelta

from publisher.similar.sketch import sketch
from publisher.similar.stories import Story, Twin, twins
from tests.similar.test_sketch import story

DAY = datetime(2026, 11, 20, tzinfo=UTC)
WORDS = story(1, 300)
NEW = story(2, 300)


def told(name: str, words: list[str], days: int = 0, source: str = "", author: str = "") -> Story:
    return Story(
        name,
        DAY + timedelta(days=days),
        frozenset({author} - {""}),
        (source,) if source else (),
        " ".join(words),
    )


def found(*stories: Story) -> tuple[Twin, ...]:
    return twins(stories, {each.path: sketch(each.text) for each in stories})


def test_a_copy_names_the_earliest() -> None:
    late, early, middle = told("a", WORDS, 2), told("b", WORDS, 0), told("c", WORDS[:250] + NEW[:50], 1)
    pairs = [(twin.later.path, twin.first.path, twin.kind) for twin in found(late, early, middle)]
    assert pairs == [("a", "b", "copy"), ("c", "b", "copy")]


def test_equal_dates_go_by_path_whatever_the_order() -> None:
    one, other = told("a", WORDS), told("b", WORDS)
    assert found(one, other) == found(other, one)
    assert found(other, one)[0].first.path == "a"


def test_more_from_the_same_source_is_an_update() -> None:
    longer = [*WORDS[:200], *NEW[:60], *WORDS[200:]]
    (by_source,) = found(told("a", WORDS, source="Wire"), told("b", longer, 1, source="Wire"))
    (by_author,) = found(told("a", WORDS, author="Bo Ek"), told("b", longer, 1, author="Bo Ek"))
    assert (by_source.kind, by_author.kind) == ("update", "update")
    assert by_source.held > 0.95


def test_what_only_looks_like_an_update_is_a_copy() -> None:
    longer = [*WORDS, *NEW[:60]]
    other_source = found(told("a", WORDS, source="Wire"), told("b", longer, 1, source="Post", author="x"))
    nothing_new = found(told("a", WORDS, source="Wire"), told("b", WORDS[:280], 1, source="Wire"))
    same_moment = found(told("a", WORDS, source="Wire"), told("b", longer, source="Wire"))
    assert [each[0].kind for each in (other_source, nothing_new, same_moment)] == ["copy"] * 3


def test_short_notices_and_strangers_are_left_alone() -> None:
    assert found(told("a", WORDS[:20]), told("b", WORDS[:20], 1)) == ()
    assert found(told("a", WORDS), told("b", [*WORDS[:40], *NEW[:260]], 1)) == ()
